import { createHash } from "node:crypto";
import { formatMs } from "#base";
import { createFifoChooser } from "#explorer";
import { describeOutcome, runProgram, showRun, type Engine, type ShownRun } from "#grade";

/** An example of a lesson, executed under the default schedule. */
export interface Recording extends ShownRun {
  /** How it ended, in words; "" where it ran to its end. */
  readonly message: string;
}

/** Executes a program that exports `main`. Throws, with every mistake, where it does not compile. */
export async function recordExample(engine: Engine, code: string): Promise<Recording> {
  const start = "main.ts";
  const options = {
    files: { [start]: code },
    start,
    entry: { kind: "main" },
    chooser: createFifoChooser(),
  } as const;
  const ran = await runProgram(engine, options);
  if (!ran.ok) {
    const lines = ran.diagnostics.map(({ message, place }) => `  line ${place?.line ?? 1}: ${message}`);
    throw new Error(`An example does not compile:\n${lines.join("\n")}`);
  }
  const { outcome } = ran.result;
  const message = outcome.kind === "passed" ? "" : describeOutcome(outcome, ran.program.hidden);
  return { ...showRun(ran.result, ran.program), message };
}

/** What a recording printed, a line each: time, thread, text, in columns. */
export function formatPrinted({ printed }: Pick<Recording, "printed">): readonly string[] {
  const times = printed.map((line) => formatMs(line.timeNs));
  const timeWidth = Math.max(0, ...times.map((time) => time.length));
  const nameWidth = Math.max(0, ...printed.map((line) => line.threadName.length));
  return printed.map(
    ({ threadName, text }, i) => `${times[i]?.padStart(timeWidth)}  ${threadName.padEnd(nameWidth)}  ${text}`,
  );
}

/** The programs of a lesson's `<Example>` blocks, in order. */
export function findExamples(text: string): readonly string[] {
  const blocks = text.matchAll(/<Example\b[\s\S]*?```ts\n([\s\S]*?)```[\s\S]*?<\/Example>/g);
  return [...blocks].map(([, code = ""]) => code);
}

/** The name of a program among the recordings: of its text, whatever white space surrounds it. */
export function exampleId(code: string): string {
  return createHash("sha256").update(code.trim()).digest("hex").slice(0, 16);
}
