import type { Place } from "#abi";
import type { Engine } from "#grade";
import type { TextFiles } from "#course";

/** 0 yes; 1 no: fails, or inconclusive; 2 bad usage or ungradable; 3 our error. */
export type ExitCode = 0 | 1 | 2 | 3;

/** What a command has to say. The entry file prints `text`, or with `--json` the one document `json`. */
export interface Report {
  readonly code: ExitCode;
  readonly text: string;
  readonly json: unknown;
}

/** The outside world as commands see it. */
export interface World {
  /** The course: `exercises/` and `content/`. */
  readonly course: TextFiles;
  /** The user's files; paths as typed, relative to where the command was given. */
  readonly user: UserFiles;
  /** Compiler and machine, and `workers` threads that search: one for each core unless told. */
  engine(workers?: number): Promise<Engine>;
  /** Words that no dictionary knows; `words` are known as well. */
  spell(texts: readonly SpelledText[], words: readonly string[]): Promise<readonly UnknownWord[]>;
}

/** A text to be spelled; the file's ending says of what kind it is. */
export interface SpelledText {
  readonly file: string;
  readonly text: string;
}

export interface UnknownWord {
  readonly word: string;
  readonly place: Place;
}

export interface UserFiles {
  /** What a path leads to, null where it leads nowhere. */
  kindOf(path: string): Promise<"file" | "folder" | null>;
  readText(path: string): Promise<string>;
  /** Names of the files in a folder. */
  list(path: string): Promise<readonly string[]>;
  writeText(path: string, text: string): Promise<void>;
}

/** One command: carries out the words after its name. */
export type Command = (words: readonly string[], world: World) => Promise<Report>;
