import { signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { LostRun, Studied } from "#worker";

/** Null where nothing can be said, undefined before an answer has come. */
export type LostAnswer = LostRun | null | undefined;

type Ask = (failure: Studied) => Promise<LostAnswer>;

/** When the failing runs of one verdict were lost: each is asked for when somebody looks at it, one at a time, and kept. */
export class LostRuns {
  /** Of no verdict. */
  static readonly none = new LostRuns(() => Promise.resolve(null));
  readonly #ask: Ask;
  readonly #answers = new Map<string, Signal<LostAnswer>>();
  readonly #asked = new Set<string>();
  #last: Promise<unknown> = Promise.resolve();

  /** `ask` answers undefined where it had to give way: it may be asked again. */
  constructor(ask: Ask) {
    this.#ask = ask;
  }

  of(failure: Studied): ReadonlySignal<LostAnswer> {
    return this.#answerOf(failure);
  }
  /** Asks, unless that was done. */
  want(failure: Studied): void {
    const { check } = failure;
    if (this.#asked.has(check)) return;
    this.#asked.add(check);
    this.#last = this.#last.then(async () => {
      const answer = await this.#ask(failure);
      if (answer === undefined) this.#asked.delete(check);
      else this.#answerOf(failure).value = answer;
    });
  }

  #answerOf({ check }: Studied): Signal<LostAnswer> {
    let answer = this.#answers.get(check);
    if (answer === undefined) this.#answers.set(check, (answer = signal<LostAnswer>(undefined)));
    return answer;
  }
}
