import { sleep } from "std/thread";
import { Instant } from "std/time";

/** A plain field: every thread has its own copy of it. */
export class CancelToken {
  private cancelled = false;
  private readonly children: CancelToken[] = [];

  cancel(): void {
    this.cancelled = true;
    for (const child of this.children) child.cancel();
  }

  isCancelled(): boolean {
    return this.cancelled;
  }

  child(): CancelToken {
    const child = new CancelToken();
    if (this.cancelled) child.cancel();
    this.children.push(child);
    return child;
  }

  wait(ms: number): boolean {
    const began = Instant.now();
    while (!this.cancelled) {
      const left = ms - began.elapsed();
      if (left <= 0) return false;
      sleep(Math.min(100, left));
    }
    return true;
  }
}
