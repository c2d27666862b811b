import { formatPlace } from "#abi";
import { formatMs } from "#base";
import type { ShownRun } from "#grade";
import type { Step } from "#machine";

/** More than this nobody reads in one go; `--trace` and the page have the rest. */
export const STEPS_MAX = 12;

/** Characters from the beginning of one column to the next, where names leave it open. */
const COLUMN_MAX = 26;
const LINE_MAX = 110;
/** Room for the words of the last column. */
const WORDS_MIN = 46;

/** The steps of a run that say what went wrong, of a short run all: time goes down, each thread and each task has a column. */
export function describeStepColumns({ steps, marks = [] }: Pick<ShownRun, "steps" | "marks">): string[] {
  const kept = chooseSteps(steps, new Set(marks.map(({ step }) => step)));
  if (kept.length === 0) return [];
  const columns = columnsOf(kept);
  const numberWidth = String((kept.at(-1)?.index ?? 0) + 1).length;
  const timeWidth = Math.max(...kept.map((step) => formatMs(step.timeNs).length));
  const margin = numberWidth + timeWidth + 5;
  const width = widthOf(columns, margin);
  const head = `${" ".repeat(margin)}${columns.map(({ name }) => name.padEnd(width)).join("")}`.trimEnd();
  const rows = kept.flatMap((step, i): string[] => {
    const before = kept[i - 1];
    const number = String(step.index + 1).padStart(numberWidth);
    const time = (before?.timeNs === step.timeNs ? "" : formatMs(step.timeNs)).padStart(timeWidth);
    const column = columns.findIndex(({ lane }) => lane === step.lane);
    const words = describeWords(
      step,
      marks.filter((mark) => mark.step === step.index).map(({ role }) => role),
    );
    const row = `${step.preempted ? ">" : " "}${number}  ${time}  ${" ".repeat(column * width)}${words}`;
    const left = step.index - (before?.index ?? -1) - 1;
    return left === 0 ? [row] : [`${" ".repeat(numberWidth)}…  ${count(left)} left out`, row];
  });
  return [head, ...rows];
}

/** Witnesses and the end first, then switches that nobody needed with what came before them, then the latest. */
function chooseSteps(steps: readonly Step[], witnesses: ReadonlySet<number>): readonly Step[] {
  const ranked = [
    ...steps.slice(-1),
    ...steps.filter((step) => witnesses.has(step.index)).toReversed(),
    ...steps.filter((step, i) => step.preempted || steps[i + 1]?.preempted === true).toReversed(),
    ...steps.toReversed(),
  ];
  const kept = new Set([...new Set(ranked)].slice(0, STEPS_MAX));
  return steps.filter((step) => kept.has(step));
}

interface Column {
  readonly lane: number;
  readonly name: string;
}

function columnsOf(steps: readonly Step[]): readonly Column[] {
  const names = new Map(steps.map(({ lane, actor }) => [lane, actor]));
  return [...names].map(([lane, name]) => ({ lane, name })).sort((a, b) => a.lane - b.lane);
}

function widthOf(columns: readonly Column[], margin: number): number {
  const room = (LINE_MAX - margin - WORDS_MIN) / Math.max(1, columns.length - 1);
  const longest = Math.max(...columns.map(({ name }) => name.length));
  return Math.max(longest + 2, Math.min(COLUMN_MAX, Math.floor(room)));
}

function describeWords({ text, place }: Step, roles: readonly string[]): string {
  const where = place === undefined ? "" : ` (${formatPlace(place)})`;
  const marks = roles.length === 0 ? "" : `  <- ${roles.join(", ")}`;
  return `${text}${where}${marks}`;
}

function count(steps: number): string {
  return `${steps} step${steps === 1 ? "" : "s"}`;
}
