import type { Call } from "#abi";
import type { Choice, ChoicePoint, Chooser } from "./ports.ts";
import type { Thread } from "./thread.ts";

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

  /** One of `options` (in ascending order); `current` is the thread that could itself go on. */
  pick(
    kind: ChoicePoint["kind"],
    options: readonly Thread[],
    current: Thread | null,
    objectOf: (thread: Thread) => number,
  ): Thread {
    const [only] = options;
    if (only !== undefined && options.length === 1) return only;
    const at = current === null ? -1 : options.indexOf(current);
    const preferred = Math.max(0, at);
    const objects = options.map(objectOf);
    const point: ChoicePoint = {
      kind,
      current: at < 0 ? -1 : (current?.id ?? -1),
      threads: options.map((thread) => thread.id),
      calls: options.map((thread) => thread.call as Call),
      objects,
      preferred,
    };
    const picked = this.#chooser.choose(point);
    const thread = options[picked];
    if (thread === undefined)
      throw new RangeError(`the chooser picked option ${picked} of ${options.length}`);
    this.choices.push({
      kind,
      options: options.length,
      preferred,
      picked,
      preempts: at >= 0 && picked !== at,
      thread: thread.id,
      call: thread.call as Call,
      object: objects[picked] ?? 0,
    });
    return thread;
  }
}
