interface Timer {
  readonly id: number;
  readonly atNs: number;
  readonly action: () => void;
}

/**
 * What the machine itself does at an instant: bytes that arrive, a script's next step. Owns the order, by instant and
 * then by the order in which they were asked for. Time is the scheduler's: it moves the clock and has them fire.
 */
export class Timers {
  /** The earliest last: taking one off the end is cheap. */
  readonly #queue: Timer[] = [];
  #made = 0;

  /** Has `action` done at `atNs`, or when time moves next where that is past. Returns what `cancel` takes. */
  at(atNs: number, action: () => void): number {
    const id = ++this.#made;
    let low = 0;
    let high = this.#queue.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#queue[middle] as Timer).atNs > atNs) low = middle + 1;
      else high = middle;
    }
    this.#queue.splice(low, 0, { id, atNs, action });
    return id;
  }

  /** Nothing happens where it has fired already. */
  cancel(id: number): void {
    const index = this.#queue.findIndex((timer) => timer.id === id);
    if (index >= 0) this.#queue.splice(index, 1);
  }

  /** True once something was asked for. */
  get wereSet(): boolean {
    return this.#made > 0;
  }

  /** The earliest instant at which something is to be done; Infinity where none. */
  get nextNs(): number {
    return this.#queue.at(-1)?.atNs ?? Infinity;
  }

  /** Does everything that is due by `nowNs`, and what that adds for the same instant. */
  fire(nowNs: number): void {
    for (let next = this.#queue.at(-1); next !== undefined && next.atNs <= nowNs; next = this.#queue.at(-1)) {
      this.#queue.pop();
      next.action();
    }
  }
}
