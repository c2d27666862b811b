/** Bounds of one run. Each has its own outcome; none is wall-clock time. */
export interface Limits {
  /** Kernel calls of all threads together that the program may make. Beyond: `over-limit`. */
  readonly callsMax: number;
  /**
   * Kernel calls after which nobody waits for the run's end any more, where it may make more. Beyond: `inconclusive`, for
   * it might have ended.
   */
  readonly patienceCalls: number;
  /** Virtual time at which a run is cut, nanoseconds. Beyond: `over-limit`. */
  readonly timeMaxNs: number;
  /** Interrupt-hook ticks of the guest engine in one run, about 10,000 loop turns each. Beyond: `out-of-fuel`. */
  readonly fuelMax: number;
  /** Threads alive or ended in one run. Beyond: `over-limit`. */
  readonly threadsMax: number;
  /** Tasks alive or ended in one run. Beyond: `over-limit`. */
  readonly tasksMax: number;
  /** Guest heap, bytes, each thread. Beyond: `out-of-memory`. */
  readonly memoryMaxBytes: number;
  /** Characters printed. Beyond: `over-limit`. */
  readonly outputMax: number;
  /** Virtual time that other threads may go on after the body has returned, nanoseconds. */
  readonly graceNs: number;
}

const MS = 1_000_000;

export const DEFAULT_LIMITS: Limits = {
  callsMax: Infinity,
  patienceCalls: 20_000,
  timeMaxNs: 3_600_000 * MS,
  fuelMax: 250,
  threadsMax: 64,
  tasksMax: 20_000,
  memoryMaxBytes: 16 * 1024 * 1024,
  outputMax: 64 * 1024,
  graceNs: 1_000 * MS,
};
