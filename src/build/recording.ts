import { createHash } from "node:crypto";
import type { OutcomeKind } from "#abi";
import { formatMs } from "#base";
import { normalizeLines, type Claim } from "#course";
import { createFifoChooser } from "#explorer";
import { describeOutcome, runProgram, showRun, type Engine, type ShownRun } from "#grade";
import type { PrintedLine } from "#machine";
import { cutRun } from "./cut-run.ts";
import { countRun, listEnds, type RunCounts, type RunEnd } from "./run-counts.ts";

/** A program of a lesson, executed under the default schedule. */
export interface Recording extends ShownRun {
  readonly outcome: OutcomeKind;
  /** How it ended, in words; "" where it ran to its end. */
  readonly message: string;
  readonly counts: RunCounts;
  /** When each thread and task ended, in order. */
  readonly ends: readonly RunEnd[];
  /** The run up to a step, where a lesson asks what comes after it. */
  readonly cut?: ShownRun;
}

/** A program that cannot be recorded, with what its author can do. */
export class RecordingError extends Error {
  override readonly name = "RecordingError";
}

export interface RecordOptions {
  /** Keeps this many of the first steps apart. */
  readonly after?: number | undefined;
  /** What is executed: `main`, unless the module body is the program, as in an example of the reference. */
  readonly entry?: "main" | "demo";
}

/**
 * Executes a program. Throws {@link RecordingError} with every mistake where it does not compile, and where it has no
 * more than `after` steps.
 */
export async function recordProgram(
  engine: Engine,
  code: string,
  { after, entry = "main" }: RecordOptions = {},
): Promise<Recording> {
  const start = "main.ts";
  const files = { [start]: code };
  const ran = await runProgram(engine, {
    files,
    start,
    entry: { kind: entry },
    chooser: createFifoChooser(),
  });
  if (!ran.ok) {
    const lines = ran.diagnostics.map(({ message, place }) => `\n  line ${place?.line ?? 1}: ${message}`);
    throw new RecordingError(`does not compile:${lines.join("")}`);
  }
  const { result, program } = ran;
  const { outcome } = result;
  const shown = showRun(result, program);
  const cut = after === undefined ? undefined : cutRun(result, program, after);
  if (after !== undefined && cut === undefined)
    throw new RecordingError(
      `asks what comes after step ${after}, and the run has ${shown.steps.length}: lower \`after\``,
    );
  return {
    ...shown,
    outcome: outcome.kind,
    message: outcome.kind === "passed" ? "" : describeOutcome(outcome, program.hidden),
    counts: countRun(result),
    ends: listEnds(result),
    ...(cut !== undefined && { cut }),
  };
}

/** Printed lines as text: time, thread or task, text, in columns. */
export function formatPrinted(printed: readonly PrintedLine[]): readonly string[] {
  const times = printed.map((line) => formatMs(line.timeNs));
  const timeWidth = Math.max(0, ...times.map((time) => time.length));
  const nameWidth = Math.max(0, ...printed.map((line) => line.actor.length));
  return printed.map(
    ({ actor, text }, i) => `${times[i]?.padStart(timeWidth)}  ${actor.padEnd(nameWidth)}  ${text}`,
  );
}

/** What a claim about a recording is about: all it prints, or what it prints after the cut. */
export function printedAfterCut({ printed, cut }: Recording): readonly PrintedLine[] {
  return printed.slice(cut?.printed.length ?? 0);
}

/** True where a recording does what is claimed of it. */
export function isTrueOf(recording: Recording, { prints, ends }: Claim): boolean {
  const lines = normalizeLines(formatPrinted(printedAfterCut(recording)));
  const same = lines.length === prints.length && lines.every((line, i) => line === prints[i]);
  return same && ends === recording.outcome;
}

/** The name of a recording: of its program's text, whatever white space surrounds it, and of where it is cut. */
export function recordingId(code: string, after?: number): string {
  const hash = createHash("sha256").update(code.trim()).digest("hex").slice(0, 16);
  return after === undefined ? hash : `${hash}-${after}`;
}
