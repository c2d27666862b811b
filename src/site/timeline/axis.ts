import type { Timeline } from "#worker";
import { formatTime, plural } from "../exercise/words.ts";

/** Where one step lies from left to right, pixels. */
export interface Cell {
  readonly x: number;
  readonly width: number;
}

/** A stretch in which time passes, or from which steps were left out. */
export interface Gap extends Cell {
  readonly text: string;
  readonly kind: "time" | "steps";
}

export interface Axis {
  readonly cells: readonly Cell[];
  /** The first cell of each instant, with its time. */
  readonly instants: readonly { readonly x: number; readonly text: string }[];
  readonly gaps: readonly Gap[];
  readonly width: number;
}

const EDGE = 14;
const CELL = 26;
const GAP_MIN = 92;
const GAP_MAX = 150;
const STEPS_GAP = 130;
/** Room behind the last step: for its words, and for threads that never came to an end. */
const TAIL = 90;

/**
 * Lays steps out in pieces: every step is as wide as any other, so that order shows within an instant; between two
 * instants lies a gap that says how long it is, and grows with the logarithm of that.
 */
export function layoutAxis({ columns }: Pick<Timeline, "columns">): Axis {
  const cells: Cell[] = [];
  const instants: { x: number; text: string }[] = [];
  const gaps: Gap[] = [];
  const shortest = shortestGap(columns);
  let x = EDGE;
  for (const [i, { timeNs, skipped }] of columns.entries()) {
    const passed = timeNs - (columns[i - 1]?.timeNs ?? timeNs);
    if (skipped > 0) {
      gaps.push({ x, width: STEPS_GAP, text: `${plural(skipped, "step")} left out`, kind: "steps" });
      x += STEPS_GAP;
    } else if (passed > 0) {
      const width = Math.min(GAP_MAX, GAP_MIN + 14 * Math.log2(passed / shortest));
      gaps.push({ x, width, text: formatTime(passed), kind: "time" });
      x += width;
    }
    if (i === 0 || passed > 0 || skipped > 0) instants.push({ x, text: formatTime(timeNs) });
    cells.push({ x, width: CELL });
    x += CELL;
  }
  return { cells, instants, gaps, width: x + TAIL };
}

function shortestGap(columns: Timeline["columns"]): number {
  let shortest = Infinity;
  for (const [i, { timeNs }] of columns.entries()) {
    const passed = timeNs - (columns[i - 1]?.timeNs ?? timeNs);
    if (passed > 0) shortest = Math.min(shortest, passed);
  }
  return shortest;
}

/** The number of the cell nearest to `x`; -1 where there are none. */
export function findCell({ cells }: Axis, x: number): number {
  let [low, high] = [0, cells.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    const [cell, next] = [cells[middle], cells[middle + 1]];
    const border = ((cell?.x ?? 0) + (cell?.width ?? 0) + (next?.x ?? 0)) / 2;
    if (x < border) high = middle;
    else low = middle + 1;
  }
  return high;
}
