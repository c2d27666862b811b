import { Condvar, Mutex } from "std/sync";

interface State {
  cancelled: boolean;
}

const shared = new Mutex<State>({ cancelled: false });
const news = new Condvar();

/** One flag in the module, for all tokens there are. */
export class CancelToken {
  private readonly state = shared;
  private readonly changed = news;

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
    return new CancelToken();
  }

  wait(ms: number): boolean {
    using state = this.state.lock();
    const timedOut = this.changed.waitTimeoutWhile(state, ms, ({ cancelled }) => !cancelled);
    return !timedOut;
  }
}
