// The owner of a queue takes its last item without asking whether a thief has just done so.
import { assertEq } from "std/assert";
import { AtomicI32, SharedCell } from "std/sync";
import { runThreads } from "./bodies";

const ITEMS = 2;

class WorkQueue {
  readonly top = new AtomicI32(0);
  readonly bottom = new AtomicI32(0);
  readonly items = Array.from({ length: ITEMS }, () => new SharedCell(0));
  readonly #asksForLast: boolean;

  constructor(asksForLast: boolean) {
    this.#asksForLast = asksForLast;
  }

  push(item: number): void {
    const bottom = this.bottom.load();
    this.items[bottom]?.set(item);
    this.bottom.store(bottom + 1);
  }

  /** The newest item, for the owner; 0 where there is none. */
  take(): number {
    const bottom = this.bottom.fetchSub(1) - 1;
    const top = this.top.load();
    if (top < bottom) return this.items[bottom]?.get() ?? 0;
    this.bottom.store(Math.max(top, bottom + 1));
    if (top > bottom) return 0;
    if (this.#asksForLast && !this.top.compareExchange(top, top + 1).ok) return 0;
    if (!this.#asksForLast) this.top.store(top + 1);
    return this.items[bottom]?.get() ?? 0;
  }

  /** The oldest item, for a thief; 0 where there is none, or somebody else was faster. */
  steal(): number {
    const top = this.top.load();
    if (top >= this.bottom.load()) return 0;
    const item = this.items[top]?.get() ?? 0;
    return this.top.compareExchange(top, top + 1).ok ? item : 0;
  }
}

function shareOut(queue: WorkQueue): void {
  const done = [1, 2].map(() => new AtomicI32(0));
  const work = (item: number) => void done[item - 1]?.fetchAdd(1);
  const own = () => {
    for (let item = 1; item <= ITEMS; item++) queue.push(item);
    for (let turn = 0; turn < ITEMS; turn++) work(queue.take());
  };
  runThreads(own, () => work(queue.steal()));
  for (let item = queue.steal(); item !== 0; item = queue.steal()) work(item);
  for (const times of done) assertEq(times.load(), 1);
}

export function wrong(): void {
  shareOut(new WorkQueue(false));
}

export function right(): void {
  shareOut(new WorkQueue(true));
}
