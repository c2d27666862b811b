import { Condvar, Mutex } from "std/sync";

interface State {
  cancelled: boolean;
  children: CancelToken[];
}

class Family {
  readonly news = new Mutex(0);
  readonly changed = new Condvar();
}

/** One condition for all tokens, and a wait that begins anew each time it is woken for somebody else. */
export class CancelToken {
  private readonly family: Family;
  private readonly state = new Mutex<State>({ cancelled: false, children: [] });

  constructor(family = new Family()) {
    this.family = family;
  }

  cancel(): void {
    this.mark();
    using news = this.family.news.lock();
    news.value += 1;
    this.family.changed.notifyAll();
  }

  private mark(): void {
    using state = this.state.lock();
    state.value.cancelled = true;
    for (const child of state.value.children) child.mark();
  }

  isCancelled(): boolean {
    using state = this.state.lock();
    return state.value.cancelled;
  }

  child(): CancelToken {
    const child = new CancelToken(this.family);
    // One critical section to look and to enter the child: no cancel() fits in between.
    using state = this.state.lock();
    if (state.value.cancelled) child.cancel();
    else state.value.children.push(child);
    return child;
  }

  wait(ms: number): boolean {
    using news = this.family.news.lock();
    while (!this.isCancelled()) {
      if (this.family.changed.waitTimeout(news, ms)) return this.isCancelled();
    }
    return true;
  }
}
