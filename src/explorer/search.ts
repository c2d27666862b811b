import { Agenda, type Piece, type Search } from "./agenda.ts";
import type { SearchOptions } from "./options.ts";
import { runPart, type RunRecord } from "./part.ts";
import type { SearchProgress, SearchResult } from "./result.ts";
import type { Runnable } from "./runnable.ts";

/** Runs `runnable` under many schedules until one fails or the budget is used. Yields after each run; drop it to stop. */
export function* searchSteps(
  runnable: Runnable,
  options: SearchOptions,
): Generator<SearchProgress, SearchResult, void> {
  const search = { runnable, options };
  const agenda = new Agenda(search);
  while (!agenda.isOver) {
    const work = OwnWork.take(search, agenda);
    while (work?.step() === true) yield agenda.progress;
  }
  return agenda.result;
}

/** {@link searchSteps}, driven to its end. */
export function search(runnable: Runnable, options: SearchOptions): SearchResult {
  const steps = searchSteps(runnable, options);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** A needed piece of a search that the calling thread runs itself, one run at a time. */
export class OwnWork {
  readonly agenda: Agenda;
  readonly #piece: Piece;
  readonly #records: Generator<RunRecord, void, void>;

  private constructor({ runnable }: Search, agenda: Agenda, piece: Piece) {
    this.agenda = agenda;
    this.#piece = piece;
    this.#records = runPart(runnable, agenda.options, piece.part);
  }

  static take(search: Search, agenda: Agenda): OwnWork | undefined {
    const piece = agenda.take();
    return piece === undefined ? undefined : new OwnWork(search, agenda, piece);
  }

  /** One run; false where the piece had come to its end. */
  step(): boolean {
    if (!this.agenda.needs(this.#piece)) return false;
    const step = this.#records.next();
    if (step.done === true) this.agenda.finish(this.#piece);
    else this.agenda.receive(this.#piece, [step.value]);
    return step.done !== true;
  }
}
