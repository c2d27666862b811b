import { Condvar, Mutex } from "std/sync";
import { spawn } from "std/thread";

interface State {
  cancelled: boolean;
}

/** Each child has a thread that waits for the parent, for as long as the parent lives. */
export class CancelToken {
  private readonly state = new Mutex<State>({ cancelled: false });
  private readonly changed = new Condvar();

  cancel(): void {
    using state = this.state.lock();
    state.value.cancelled = true;
    this.changed.notifyAll();
  }

  isCancelled(): boolean {
    using state = this.state.lock();
    return state.value.cancelled;
  }

  child(): CancelToken {
    const child = new CancelToken();
    if (this.isCancelled()) child.cancel();
    else
      spawn(() => {
        if (this.wait(3_600_000)) child.cancel();
      });
    return child;
  }

  wait(ms: number): boolean {
    using state = this.state.lock();
    const timedOut = this.changed.waitTimeoutWhile(state, ms, ({ cancelled }) => !cancelled);
    return !timedOut;
  }
}
