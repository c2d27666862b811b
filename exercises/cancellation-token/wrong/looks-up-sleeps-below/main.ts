import { Condvar, Mutex } from "std/sync";

/** A child looks up at its ancestors when asked, but whoever sleeps on the child is not woken. */
export class CancelToken {
  private readonly state = new Mutex(false);
  private readonly changed = new Condvar();
  private readonly parent: CancelToken | null;

  constructor(parent: CancelToken | null = null) {
    this.parent = parent;
  }

  cancel(): void {
    using cancelled = this.state.lock();
    cancelled.value = true;
    this.changed.notifyAll();
  }

  isCancelled(): boolean {
    if (this.parent?.isCancelled()) return true;
    using cancelled = this.state.lock();
    return cancelled.value;
  }

  child(): CancelToken {
    return new CancelToken(this);
  }

  wait(ms: number): boolean {
    if (this.isCancelled()) return true;
    {
      using cancelled = this.state.lock();
      this.changed.waitTimeoutWhile(cancelled, ms, (isIt) => !isIt);
    }
    return this.isCancelled();
  }
}
