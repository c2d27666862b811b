import { Condvar, Mutex } from "std/sync";

interface State {
  cancelled: boolean;
  children: CancelToken[];
}

/** The second caller of cancel finds the flag set and returns, while the first is still on its way down. */
export class CancelToken {
  private readonly state = new Mutex<State>({ cancelled: false, children: [] });
  private readonly changed = new Condvar();

  cancel(): void {
    const state = this.state.lock();
    const { cancelled, children } = state.value;
    state.value = { cancelled: true, children: [] };
    this.changed.notifyAll();
    state.unlock();
    if (cancelled) return;
    for (const child of children) child.cancel();
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
