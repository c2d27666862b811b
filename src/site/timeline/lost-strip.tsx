import type { LostRun, Step } from "#worker";
import type { Axis } from "./axis.ts";

/** Room under the lanes for the strip. */
export const LOST_HEIGHT = 36;
const TOP = 8;
const BASE = 31;

interface LostStripProps {
  readonly lost: LostRun;
  readonly axis: Axis;
  /** One for each cell. */
  readonly steps: readonly Step[];
  /** Where the strip begins, from the top of the drawing. */
  readonly y: number;
}

/** How likely failure was, step by step: a stepped area, and from where the run was lost a full one with words. */
export function LostStrip({ lost, axis, steps, y }: LostStripProps) {
  const shareOf = new Map(lost.shares.map(({ step, failing, runs }) => [step, failing / runs]));
  const first = steps.findIndex(({ index }) => shareOf.has(index));
  const from = steps.findIndex(({ index }) => index >= lost.step);
  const end = axis.cells.at(-1);
  if (first < 0 || from < 0 || end === undefined) return null;
  const left = (column: number): number => (axis.cells[column]?.x ?? 0) - 1;
  let area = `M${left(first)} ${BASE}`;
  for (let column = first; column < from; column += 1) {
    const share = shareOf.get(steps[column]?.index ?? 0) ?? 0;
    area += `V${Math.round((BASE - (BASE - TOP) * share) * 10) / 10}H${left(column + 1)}`;
  }
  return (
    <g class="tl-lost" transform={`translate(0 ${y})`}>
      <path class="tl-lost-edge" d={`M0 0H${axis.width}M0 ${TOP}H${axis.width}M0 ${BASE}H${axis.width}`} />
      {from > first && <path class="tl-lost-share" d={`${area}V${BASE}Z`} />}
      <path class="tl-lost-sure" d={`M${left(from)} ${BASE}V${TOP}H${end.x + end.width + 1}V${BASE}Z`} />
      <path class="tl-lost-mark" d={`M${left(from)} 0V${BASE}`} />
      <text x={left(from) + 5} y={BASE - 7}>
        lost from here
      </text>
    </g>
  );
}
