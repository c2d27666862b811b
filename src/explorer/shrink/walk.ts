import type { ChoiceKind, ChoicePoint, Chooser, Watcher } from "#kernel";

/**
 * Where a run asks a question, told without counting the questions before it, so that it is found again in another
 * schedule: the thread that went on last (-1 before the first), how many steps it had made, and how many questions of
 * this kind came since.
 */
export interface Position {
  readonly after: number;
  readonly steps: number;
  readonly kind: ChoiceKind;
  readonly nth: number;
}

/** A question of a finished run. `options` are threads where a thread or a waiter is picked, else tasks or numbers. */
export interface Question extends Position {
  readonly options: readonly number[];
  readonly preferred: number;
  readonly picked: number;
  /** True where the thread that asked could go on. */
  readonly isLeaving: boolean;
  /** True where the thread that asked stands at a call on an object, which can be shown. */
  readonly isNamed: boolean;
}

/** Answers as `answer` says, by default where it says nothing, and keeps what was asked where. */
export class Walk implements Chooser {
  readonly questions: Question[] = [];
  readonly watcher: Watcher;
  readonly #answer: (position: Position, point: ChoicePoint) => number | undefined;
  readonly #stepsOf: number[] = [];
  readonly #asked = new Map<ChoiceKind, number>();
  #last = -1;
  #switches = 0;

  constructor(answer: (position: Position, point: ChoicePoint) => number | undefined) {
    this.#answer = answer;
    const hearNothing = (): void => undefined;
    this.watcher = {
      goesOn: (thread) => this.#goesOn(thread),
      reaches: hearNothing,
      acts: hearNothing,
    };
  }

  /** How often another thread went on than the one before. */
  get switches(): number {
    return this.#switches;
  }

  choose(point: ChoicePoint): number {
    const { kind, objects, preferred, current } = point;
    const nth = this.#asked.get(kind) ?? 0;
    this.#asked.set(kind, nth + 1);
    const position = { after: this.#last, steps: this.#stepsOf[this.#last] ?? 0, kind, nth };
    const picked = this.#answer(position, point) ?? preferred;
    const isLeaving = kind === "thread" && current >= 0;
    const isNamed = isLeaving && (objects[preferred] ?? 0) !== 0;
    const options = optionsOf(point);
    this.questions.push({ ...position, options, preferred, picked, isLeaving, isNamed });
    return picked;
  }

  #goesOn(thread: number): void {
    if (this.#last >= 0 && this.#last !== thread) this.#switches += 1;
    this.#last = thread;
    this.#stepsOf[thread] = (this.#stepsOf[thread] ?? 0) + 1;
    this.#asked.clear();
  }
}

/** What tells the options of a question apart. */
export function optionsOf({ kind, threads, objects }: ChoicePoint): readonly number[] {
  return kind === "thread" || kind === "waiter" ? threads : objects;
}
