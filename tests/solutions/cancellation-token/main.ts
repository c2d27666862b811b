import { Condvar, Mutex } from "std/sync";

/** What a whole tree of tokens shares: who is cancelled, by number, and the news that somebody else is. */
class Family {
  readonly cancelled = new Mutex<boolean[]>([]);
  readonly changed = new Condvar();
}

/** A token knows the way up, and asks there. Nobody keeps a list of children, so none can be missed. */
export class CancelToken {
  private readonly family: Family;
  /** Numbers of the tokens from the root down to this one. */
  private readonly path: readonly number[];

  constructor(parent?: CancelToken) {
    this.family = parent?.family ?? new Family();
    using cancelled = this.family.cancelled.lock();
    this.path = [...(parent?.path ?? []), cancelled.value.length];
    cancelled.value.push(false);
  }

  cancel(): void {
    using cancelled = this.family.cancelled.lock();
    cancelled.value[this.path.at(-1) ?? 0] = true;
    // Wakes the waiters of the whole tree; those whose path has nothing new go back to sleep.
    this.family.changed.notifyAll();
  }

  isCancelled(): boolean {
    using cancelled = this.family.cancelled.lock();
    return this.path.some((number) => cancelled.value[number]);
  }

  child(): CancelToken {
    return new CancelToken(this);
  }

  wait(ms: number): boolean {
    using guard = this.family.cancelled.lock();
    const isFree = (cancelled: boolean[]) => !this.path.some((number) => cancelled[number]);
    return !this.family.changed.waitTimeoutWhile(guard, ms, isFree);
  }
}
