import { Condvar, Mutex } from "std/sync";

interface State {
  cancelled: boolean;
  children: Map<number, CancelToken>;
  made: number;
}

/** A cancelled child takes itself off its parent's list: it locks upwards while the parent may lock downwards. */
export class CancelToken {
  private readonly state = new Mutex<State>({ cancelled: false, children: new Map(), made: 0 });
  private readonly changed = new Condvar();
  private readonly parent: CancelToken | null;
  private readonly number: number;

  constructor(parent: CancelToken | null = null, number = 0) {
    this.parent = parent;
    this.number = number;
  }

  cancel(): void {
    using state = this.state.lock();
    if (state.value.cancelled) return;
    this.tell(state.value);
    this.parent?.forget(this.number);
  }

  private tell(state: State): void {
    state.cancelled = true;
    this.changed.notifyAll();
    for (const child of state.children.values()) {
      using below = child.state.lock();
      child.tell(below.value);
    }
    state.children = new Map();
  }

  private forget(number: number): void {
    using state = this.state.lock();
    state.value.children.delete(number);
  }

  isCancelled(): boolean {
    using state = this.state.lock();
    return state.value.cancelled;
  }

  child(): CancelToken {
    using state = this.state.lock();
    state.value.made += 1;
    const child = new CancelToken(this, state.value.made);
    if (state.value.cancelled) {
      using below = child.state.lock();
      child.tell(below.value);
    } else state.value.children.set(child.number, child);
    return child;
  }

  wait(ms: number): boolean {
    using state = this.state.lock();
    return !this.changed.waitTimeoutWhile(state, ms, ({ cancelled }) => !cancelled);
  }
}
