import type { Program } from "#compile";
import type { Search } from "../agenda.ts";
import type { ResolvedSearch } from "../options.ts";
import type { Part, RunRecord } from "../part.ts";

/** A search that others may help with: they load the program themselves. */
export interface SharedSearch extends Search {
  readonly program: Program;
  /** What to call it where somebody asks what is going on. */
  readonly title: string;
}

/** A part of a search, as somebody else is given it. */
export interface Assignment {
  readonly program: Program;
  /** Index of the search among those that are run together, and its title. */
  readonly job: number;
  readonly title: string;
  readonly options: ResolvedSearch;
  readonly part: Part;
  /** True as long as the search cannot go on without it. */
  isAwaited(): boolean;
}

/**
 * A part that somebody else runs: its records, in order, in batches as they come. The iteration throws where it was
 * cancelled, or where whoever ran it is gone; the part is then to be run by somebody else, if it is needed.
 */
export interface Work extends AsyncIterable<readonly RunRecord[]> {
  /** Ends it as soon as it can be ended; ending the iteration early does the same. */
  cancel(): void;
}

/** Somebody who runs one part at a time, beside the thread that searches: another worker. */
export interface Mate {
  run(assignment: Assignment): Work;
}

/** Everybody who may help. Asked again and again, so that mates may come and go while a search is under way. */
export interface Crew {
  /** Those that are idle. Asked for the first time once a search proves long: that is when to start them. */
  idle(): readonly Mate[];
  /** Lets messages in, where it is time to; asked after each run of the thread that searches. */
  rest(): Promise<void> | undefined;
}
