/** How a file is opened: the bits of the number that `fileOpen` takes. */
export const OPEN = { read: 1, write: 2, append: 4, create: 8, createNew: 16, truncate: 32 } as const;

/** From where `fileSeek` counts. */
export const SEEK = { start: 0, current: 1, end: 2 } as const;

/** Most bytes that one read or write moves. */
export const FILE_CALL_BYTES = 64 * 1024;

/** What somebody did with a file, as `diskEvents` lists it. */
export interface FileEvent {
  readonly timeNs: number;
  readonly thread: string;
  readonly what: "open" | "read" | "write" | "empty" | "sync" | "remove" | "rename";
  /** Where it read or wrote; 0 for others. */
  readonly at: number;
  /** How many bytes it read or wrote; 0 for others. */
  readonly bytes: number;
}
