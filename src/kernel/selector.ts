import { type Call, CALLS } from "#abi";
import type { Choice, ChoicePoint, Chooser } from "./ports.ts";

/** One answer that a question has: `thread` goes on with `call` on `object`. */
export interface Option {
  readonly thread: number;
  readonly call: number;
  readonly object: number;
}

/** Puts questions to the chooser and logs the answers. A single option is no question. */
export class Selector {
  readonly choices: Choice[] = [];
  readonly #chooser: Chooser;

  constructor(chooser: Chooser) {
    this.#chooser = chooser;
  }

  get count(): number {
    return this.choices.length;
  }

  /** Index of one of `options`; `current` is the index of the thread that could itself go on, -1 where there is none. */
  pick(kind: ChoicePoint["kind"], options: readonly Option[], current = -1): number {
    if (options.length === 1) return 0;
    const preferred = Math.max(0, current);
    const point: ChoicePoint = {
      kind,
      current: options[current]?.thread ?? -1,
      threads: options.map((option) => option.thread),
      calls: options.map((option) => option.call as Call),
      objects: options.map((option) => option.object),
      preferred,
    };
    const picked = this.#chooser.choose(point);
    const option = options[picked];
    if (option === undefined)
      throw new RangeError(`the chooser picked option ${picked} of ${options.length}`);
    this.choices.push({
      kind,
      options: options.length,
      preferred,
      picked,
      preempts: (current >= 0 && picked !== current) || option.call === CALLS.clock,
      thread: option.thread,
      call: option.call as Call,
      object: option.object,
    });
    return picked;
  }
}
