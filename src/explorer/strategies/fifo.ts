import type { Chooser } from "#kernel";
import { withFairTail } from "./fair-tail.ts";
import { NO_COVERAGE, type Coverage, type Strategy } from "./strategy.ts";

/** The kind schedule: a thread goes on while it can, then the lowest id. */
export function createFifoChooser(): Chooser {
  return withFairTail({ choose: (point) => point.preferred });
}

/** Runs the kind schedule `times` times. */
export function createFifo(times: number): Strategy {
  let begun = 0;
  return {
    name: "fifo",
    begin(): Chooser | undefined {
      if (begun >= times) return undefined;
      begun += 1;
      return createFifoChooser();
    },
    end: () => true,
    coverage: (): Coverage => NO_COVERAGE,
  };
}
