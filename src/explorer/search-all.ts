/**
 * Owns: who runs which piece of several searches, and waiting for them. The results depend on neither: see merge.ts.
 *
 * Needed pieces go first, in the order of the searches. Guesses go only to mates that would be idle, never to the calling
 * thread: a mate in a guess that takes for ever can be ended and is not missed.
 */
import { invariant } from "#base";
import { Agenda, type Piece } from "./agenda.ts";
import type { Crew, Mate, SharedSearch, Work } from "./crew/crew.ts";
import type { SearchProgress, SearchResult } from "./result.ts";
import { OwnWork } from "./search.ts";

/** How far one of several searches is. */
export interface JobProgress {
  /** Index of the search that the calling thread works at; where it has no work, of the first that is not over. */
  readonly job: number;
  readonly progress: SearchProgress;
  /** How many of the searches have failed so far. */
  readonly failed: number;
  /** How far all of them are, from 0 to 1; never goes back. */
  readonly share: number;
}

/** Kernel calls of the calling thread before others are asked for help: to tell them costs more than a short search does. */
const ALONE_CALLS = 2_000;

/**
 * Runs several searches, with the help of `crew` where there is one. Yields when it turns to a search and after each
 * run or message. Return the generator to stop.
 */
export async function* searchAll(
  searches: readonly SharedSearch[],
  crew?: Crew,
): AsyncGenerator<JobProgress, readonly SearchResult[], void> {
  const jobs = searches.map((search, index) => ({ index, search, agenda: new Agenda(search) }));
  const team = new Team(jobs, crew);
  const tell = (at: Agenda): JobProgress => ({
    job: jobs.findIndex(({ agenda }) => agenda === at),
    progress: at.progress,
    failed: jobs.filter(({ agenda }) => agenda.progress.failed).length,
    share: jobs.reduce((sum, { agenda }) => sum + agenda.share, 0) / jobs.length,
  });
  let own: OwnWork | undefined;
  let turnedTo: Agenda | undefined;
  try {
    for (;;) {
      team.employ();
      if (own === undefined || own.agenda.isOver) own = takeOwn(jobs);
      const at = own?.agenda ?? jobs.find(({ agenda }) => !agenda.isOver)?.agenda;
      if (at === undefined) return jobs.map(({ agenda }) => agenda.result);
      if (at !== turnedTo) yield tell(at);
      turnedTo = at;
      if (own === undefined) await team.heard();
      else if (!own.step()) {
        own = undefined;
        continue;
      }
      yield tell(at);
      await crew?.rest();
    }
  } finally {
    team.dismiss();
  }
}

/** One search with the help of a crew; its result is the same without. */
export async function searchTogether(search: SharedSearch, crew?: Crew): Promise<SearchResult> {
  const steps = searchAll([search], crew);
  for (;;) {
    const step = await steps.next();
    if (step.done === true) return step.value[0] as SearchResult;
  }
}

interface Job {
  readonly index: number;
  readonly search: SharedSearch;
  readonly agenda: Agenda;
}

function takeOwn(jobs: readonly Job[]): OwnWork | undefined {
  for (const { search, agenda } of jobs) {
    const own = OwnWork.take(search, agenda);
    if (own !== undefined) return own;
  }
  return undefined;
}

interface JobPiece {
  readonly job: Job;
  readonly piece: Piece;
}

interface Employment extends JobPiece {
  readonly work: Work;
}

function startWork(mate: Mate, { job: { index, search, agenda }, piece }: JobPiece): Work {
  const { program, title } = search;
  const isAwaited = (): boolean => agenda.awaits(piece);
  return mate.run({ program, job: index, title, options: agenda.options, part: piece.part, isAwaited });
}

/** The mates at work for one call of {@link searchAll}. */
class Team {
  readonly #jobs: readonly Job[];
  readonly #crew: Crew | undefined;
  readonly #employed = new Set<Employment>();
  #isShort = true;
  #wake: (() => void) | undefined;
  #hasNews = false;

  constructor(jobs: readonly Job[], crew: Crew | undefined) {
    this.#jobs = jobs;
    this.#crew = crew;
  }

  /** Gives work to whoever is idle, as long as there is some. */
  employ(): void {
    for (const { job, piece, work } of this.#employed) if (!job.agenda.needs(piece)) work.cancel();
    if (this.#crew === undefined) return;
    this.#isShort &&= this.#jobs.reduce((sum, { agenda }) => sum + agenda.calls, 0) < ALONE_CALLS;
    if (this.#isShort) return;
    for (const mate of this.#crew.idle()) {
      const next = this.#takeNext();
      if (next === undefined) return;
      const employment = { ...next, work: startWork(mate, next) };
      this.#employed.add(employment);
      void this.#follow(employment).finally(() => {
        this.#employed.delete(employment);
        this.#tell();
      });
    }
  }

  /** Resolves once a mate has said something. */
  async heard(): Promise<void> {
    invariant(this.#hasNews || this.#employed.size > 0, "somebody runs what is needed");
    while (!this.#hasNews) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#hasNews = false;
  }

  dismiss(): void {
    for (const { work } of this.#employed) work.cancel();
  }

  #takeNext(): JobPiece | undefined {
    for (const isGuess of [false, true])
      for (const job of this.#jobs) {
        const piece = isGuess ? job.agenda.guess() : job.agenda.take();
        if (piece !== undefined) return { job, piece };
      }
    return undefined;
  }

  async #follow({ job: { agenda }, piece, work }: Employment): Promise<void> {
    try {
      for await (const records of work) {
        agenda.receive(piece, records);
        this.#tell();
      }
      agenda.finish(piece);
    } catch {
      agenda.lose(piece);
    }
  }

  #tell(): void {
    this.#hasNews = true;
    this.#wake?.();
  }
}
