import { CALLS, type Call } from "#abi";
import type { ChoicePoint } from "#kernel";
import type { Whereabouts } from "./whereabouts.ts";

/** Follows a thread that was let in until another goes on, and tells at which call it could go on no further. */
export class TurnWatch {
  readonly #whereabouts: Whereabouts;
  readonly #thread: number;
  readonly #ended: (until: Call) => void;
  #couldGoOn = false;
  #isOver = false;

  /** `ended` is never told where the thread was left though it could go on, or only stepped back for others. */
  constructor(whereabouts: Whereabouts, thread: number, ended: (until: Call) => void) {
    this.#whereabouts = whereabouts;
    this.#thread = thread;
    this.#ended = ended;
  }

  asks(point: ChoicePoint): void {
    if (point.kind === "thread") this.#couldGoOn = point.current === this.#thread;
  }

  goesOn(thread: number): void {
    if (thread === this.#thread) this.#couldGoOn = false;
    else this.end();
  }

  end(): void {
    const { call } = this.#whereabouts.standOf(this.#thread);
    if (!this.#isOver && !this.#couldGoOn && call !== 0 && call !== CALLS.yieldNow) this.#ended(call);
    this.#isOver = true;
  }
}
