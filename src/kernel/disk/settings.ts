/** How long the disk takes, and how much there is. Times are nanoseconds of virtual time. */
export interface DiskSettings {
  /** To open, look for, remove or rename a file. */
  readonly openNs: number;
  readonly readNs: number;
  readonly writeNs: number;
  /** On top of a read or write, for each page that it moves beyond the first. */
  readonly pageNs: number;
  readonly syncNs: number;
  /** All files together. */
  readonly bytesMax: number;
  readonly openMax: number;
}

const MS = 1_000_000;

/** A fast SSD behind a cache in memory. */
export const DEFAULT_DISK: DiskSettings = {
  openNs: 0.1 * MS,
  readNs: 0.01 * MS,
  writeNs: 0.01 * MS,
  pageNs: 0.004 * MS,
  syncNs: 5 * MS,
  bytesMax: 4 * 1024 * 1024,
  openMax: 256,
};

const PAGE_BYTES = 4_096;

/**
 * Virtual time to move `bytes` bytes, beyond that of the call. By whole pages: small reads and writes all take the
 * same time, so that threads that do the like meet at the same instants, and either can be first.
 */
export function moveNs(settings: DiskSettings, bytes: number): number {
  return Math.max(0, Math.ceil(bytes / PAGE_BYTES) - 1) * settings.pageNs;
}
