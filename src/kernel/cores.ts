import type { Thread } from "./thread.ts";

/**
 * The machine's cores: how many threads work at once; more queue, first come first served.
 * Owns which thread occupies a core. Code itself costs nothing, so only `work` and call costs come here.
 */
export class Cores {
  readonly count: number;
  readonly #working = new Set<Thread>();
  readonly #queue: { thread: Thread; durationNs: number }[] = [];

  constructor(count: number) {
    this.count = count;
  }

  /** Starts working for `durationNs`, or queues. The thread's deadline says when it is done. */
  begin(thread: Thread, durationNs: number, nowNs: number): void {
    if (this.#working.size < this.count) {
      this.#working.add(thread);
      thread.deadlineNs = nowNs + durationNs;
    } else {
      this.#queue.push({ thread, durationNs });
      thread.deadlineNs = Infinity;
    }
  }

  isDone(thread: Thread, nowNs: number): boolean {
    return this.#working.has(thread) && thread.deadlineNs <= nowNs;
  }

  /** Frees the thread's core; the next in line starts at this instant. */
  end(thread: Thread, nowNs: number): void {
    this.#working.delete(thread);
    thread.deadlineNs = Infinity;
    const next = this.#queue.shift();
    if (next !== undefined) this.begin(next.thread, next.durationNs, nowNs);
  }
}
