import type { Flight } from "#abi";

/** What lies between the two ends of a connection; the same in both directions. */
export interface Link {
  /** How long a byte travels. */
  readonly latencyNs: number;
  /** How long a byte takes to leave; 0 where that costs nothing. */
  readonly nsPerByte: number;
  /** Bytes that one direction holds, on the way and arrived, before the writer must wait. */
  readonly bufferBytes: number;
}

/** Two programs on one machine: a tenth of a millisecond, 64 KiB each way. */
export const LOCAL_LINK: Link = { latencyNs: 100_000, nsPerByte: 0, bufferBytes: 64 * 1024 };

/** Bytes that travel together where leaving takes time. */
export const SEGMENT_BYTES = 1_460;

/** Bytes under way, as the trace tells it; who has read them is added. */
export interface LaunchedFlight extends Flight {
  readonly readAfter: number[];
}
