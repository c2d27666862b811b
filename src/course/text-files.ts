/** Reading access to the repository; paths are relative to its root, with forward slashes. */
export interface TextFiles {
  /** The text of a file; null where there is none. */
  readText(path: string): Promise<string | null>;
  /** Names in a folder, sorted, those of folders with a `/` at the end; empty where there is no such folder. */
  list(dir: string): Promise<readonly string[]>;
}

/** Texts by file name: `{ "main.ts": "…" }`. */
export type Texts = Readonly<Record<string, string>>;
