import { Condvar, Mutex } from "std/sync";

interface State {
  cancelled: boolean;
  children: CancelToken[];
}

/** Wakes one of the waiters; the others sleep out their time. */
export class CancelToken {
  private readonly state = new Mutex<State>({ cancelled: false, children: [] });
  private readonly changed = new Condvar();

  cancel(): void {
    using state = this.state.lock();
    if (state.value.cancelled) return;
    state.value.cancelled = true;
    this.changed.notifyOne();
    // Still under this lock: who calls cancel() a moment later waits here until the last descendant has been told.
    // Locks are only ever taken downwards, parent before child, so nobody waits in a circle.
    for (const child of state.value.children) child.cancel();
    state.value.children = [];
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
