import { Condvar, Mutex } from "std/sync";

interface State {
  cancelled: boolean;
  children: CancelToken[];
}

/** Stops at the first child that is cancelled already; those behind it are not told. */
export class CancelToken {
  private readonly state = new Mutex<State>({ cancelled: false, children: [] });
  private readonly changed = new Condvar();

  cancel(): void {
    this.tell();
  }

  private tell(): boolean {
    using state = this.state.lock();
    if (state.value.cancelled) return false;
    state.value.cancelled = true;
    this.changed.notifyAll();
    return state.value.children.every((child) => child.tell());
  }

  isCancelled(): boolean {
    using state = this.state.lock();
    return state.value.cancelled;
  }

  child(): CancelToken {
    const child = new CancelToken();
    // One critical section to look and to enter the child: no cancel() fits in between.
    using state = this.state.lock();
    if (state.value.cancelled) child.cancel();
    else state.value.children.push(child);
    return child;
  }

  wait(ms: number): boolean {
    using state = this.state.lock();
    const timedOut = this.changed.waitTimeoutWhile(state, ms, ({ cancelled }) => !cancelled);
    return !timedOut;
  }
}
