import { dirname } from "node:path";
import type { Program } from "#compile";
import {
  findBug,
  searchTogether,
  toChromeTrace,
  type Runnable,
  type SearchFailure,
  type SearchOptions,
  type SearchResult,
  type StrategyName,
} from "#explorer";
import { describeOutcome, showRun, studyRun, type LostRun, type ShownRun } from "#grade";
import type { RunResult } from "#machine";
import { Arguments } from "./arguments.ts";
import type { Command, ExitCode, Report, World } from "./command.ts";
import {
  describeBug,
  describeDiagnostic,
  describePrintedLines,
  describeWarnings,
  indent,
  toBugJson,
} from "./describe-run.ts";
import { describeLost, markLost, toLostJson } from "./lost-run.ts";
import { readProgram } from "./sources.ts";
import { describeStepColumns } from "./step-columns.ts";
import { UsageError } from "./usage-error.ts";

const OPTIONS = {
  strategy: "text",
  runs: "text",
  preemptions: "text",
  depth: "text",
  seed: "text",
  clock: "text",
  trace: "text",
  workers: "text",
} as const;

/** Bugs that need more orderings than this are found by no number of runs worth waiting for. */
const DEPTH_MAX = 20;

/** `explore <file.ts>`: runs `main()` under many schedules until one fails. */
export const explore: Command = async (words, world) => {
  const args = new Arguments("explore", words, OPTIONS);
  const strategy = args.strategy() ?? "pipeline";
  const bounds = readBounds(args, strategy);
  const workers = args.workers();
  const trace = await readTracePath(world, args);
  const { files, start } = await readProgram(world.user, args.only("The program's file"));
  const engine = await world.engine(workers);
  const compiled = await engine.compile({ files, entry: start, exports: { file: start, names: ["main"] } });
  if (!compiled.ok) return reportDiagnostics(compiled.diagnostics);
  const { program } = compiled;
  const runnable = engine.load(program);
  try {
    const options = { entry: { kind: "main" }, programHash: program.hash, strategy, ...bounds } as const;
    const found = await searchTogether({ runnable, program, title: start, options }, engine.crew);
    await writeTrace(world, trace, found.failure?.result);
    const lost = found.failure && studyFailure(runnable, program, found.failure, options);
    return toReport(program, found, { ...options, lost });
  } finally {
    runnable.dispose();
  }
};

function readBounds(args: Arguments, strategy: StrategyName) {
  const [seed, runs, preemptions, depth] = [
    args.number("seed", 0),
    args.number("runs", 1),
    args.number("preemptions", 0),
    args.number("depth", 1, DEPTH_MAX),
  ];
  if (depth !== undefined && strategy !== "pct")
    throw new UsageError("`--depth` belongs to the strategy `pct`: add `--strategy pct`.");
  return {
    ...(seed !== undefined && { seed }),
    ...(preemptions !== undefined && { preemptions }),
    ...(depth !== undefined && { depth }),
    ...args.clockRule(),
    ...(runs !== undefined && { runsMax: runs, callsMax: Number.MAX_SAFE_INTEGER }),
  };
}

/** A program that does not compile: exit code 2. */
export function reportDiagnostics(diagnostics: readonly Parameters<typeof describeDiagnostic>[0][]): Report {
  return {
    code: 2,
    text: diagnostics.map(describeDiagnostic).join("\n"),
    json: { outcome: "ungradable", diagnostics },
  };
}

/** The path for a trace, where one is asked for; refused before anything runs, so that no result is lost. */
export async function readTracePath(world: World, args: Arguments): Promise<string | undefined> {
  const path = args.text("trace");
  if (path === undefined) return undefined;
  const folder = dirname(path);
  if (folder !== "." && (await world.user.kindOf(folder)) !== "folder") {
    throw new UsageError(`\`${path}\` cannot be written: there is no folder \`${folder}\`. Make it first.`);
  }
  if ((await world.user.kindOf(path)) === "folder") {
    throw new UsageError(`\`${path}\` cannot be written: it is a folder. Name a file.`);
  }
  return path;
}

/** Writes a recorded run in the Chrome trace format, where a path was given. */
export async function writeTrace(
  world: World,
  path: string | undefined,
  result: RunResult | undefined,
): Promise<void> {
  if (path === undefined || result?.trace === undefined) return;
  await world.user.writeText(path, `${JSON.stringify(toChromeTrace(result.trace), null, 1)}\n`);
}

/** 0 where the run or search passed, 3 where the machine did not repeat itself, else 1. */
export function exitCodeOfOutcome(kind: RunResult["outcome"]["kind"]): ExitCode {
  return kind === "passed" ? 0 : kind === "nondeterministic" ? 3 : 1;
}

/** When the failing run was lost; it was run as all others were, but that timers may have been late. */
function studyFailure(
  runnable: Runnable,
  program: Program,
  { result, clock }: SearchFailure,
  { entry, rules }: SearchOptions,
): LostRun | null {
  return studyRun({ runnable, program, result, runOptions: { entry, rules: { ...rules, clock } } });
}

function toReport(
  program: Program,
  found: SearchResult,
  { strategy, rules, lost }: SearchOptions & { readonly lost: LostRun | null },
): Report {
  const { outcome, failure, runs, complete, proof } = found;
  const lines = [describeOutcome(outcome), proof];
  const isLate = (failure?.clock ?? rules?.clock) === "late";
  if (failure !== null) lines.push(...describeFailure(program, failure, lost));
  else lines.push(...describeWarningList(found.warnings));
  return {
    code: exitCodeOfOutcome(outcome.kind),
    text: lines.join("\n"),
    json: {
      outcome: outcome.kind,
      strategy: failure?.strategy ?? strategy,
      runs,
      complete,
      failure: failure && { ...toFailureJson(program, failure), lost: toLostJson(lost) },
      ...(isLate && { clock: "late" }),
      ...(found.warnings.length > 0 && { warnings: found.warnings }),
    },
  };
}

function toFailureJson(program: Program, { outcome, run, schedule, result }: SearchFailure) {
  const threads = result.trace?.threads ?? [];
  const bug = toBugJson(findBug(result, program));
  return { kind: outcome.kind, message: describeOutcome(outcome), bug, run, schedule, threads };
}

function describeFailure(program: Program, failure: SearchFailure, lost: LostRun | null): string[] {
  const { outcome, strategy, run, schedule } = failure;
  const found =
    outcome.kind === "inconclusive"
      ? `Run ${run} is shown as far as it was followed.`
      : `Found by \`${strategy}\` with run ${run}. Schedule: ${schedule}`;
  const bug = findBug(failure.result, program);
  const shown = markLost(showRun(failure.result, program, bug), lost);
  return [describeBug(bug), found, ...describeLost(lost), ...describeShown(shown)];
}

function describeWarningList(warnings: RunResult["warnings"]): string[] {
  return warnings.length > 0 ? ["Warnings:", indent(describeWarnings(warnings), 2)] : [];
}

/** The warnings, the steps and the printed lines of a run. */
export function describeShown(run: ShownRun): string[] {
  const steps = describeStepColumns(run);
  const printed = describePrintedLines(run.printed);
  return [
    ...describeWarningList(run.warnings),
    ...(steps.length > 0 ? ["Steps:", indent(steps, 2)] : []),
    ...(printed.length > 0 ? ["Printed:", indent(printed, 2)] : []),
  ];
}
