import { createEngine, dispatch, type Report } from "#cli";
import type { Engine, GradeDiagnostic, Verdict } from "#grade";
import { createWorld } from "../cli/world.ts";
import { createTallyFiles, SOLUTION } from "./tally.ts";

/** One engine a test file: whatever is handed in, it must be alive for what comes next. */
export const engine: Promise<Engine> = createEngine(() => {});

/** A command line, word by word, with the small exercise and files of the user's. */
export async function run(
  words: readonly string[],
  user: Readonly<Record<string, string>> = {},
  course: Readonly<Record<string, string>> = createTallyFiles(),
): Promise<Report> {
  return dispatch(words, createWorld({ course, user, engine: await engine }));
}

/** Checks a text as the learner's main.ts, with further files where they are given. */
export function checkText(text: string, more: Readonly<Record<string, string>> = {}): Promise<Report> {
  const files = Object.entries({ ...more, "main.ts": text }).map(([name, one]) => [`mine/${name}`, one]);
  return run(["check", "tally", "--submission", "mine"], Object.fromEntries(files));
}

/** What a learner is told, a line each: all diagnostics with their hints, or the message of the first open check. */
export function told({ json }: Report): string[] {
  const { diagnostics, checks } = json as Verdict;
  if (diagnostics !== undefined) return diagnostics.flatMap(formatDiagnostic);
  return checks.flatMap((check) => check.message ?? []).slice(0, 1);
}

function formatDiagnostic({ place, message, hint }: GradeDiagnostic): string[] {
  const at = place === undefined ? "" : `${place.file}:${place.line}:${place.column}: `;
  return [at + message, ...(hint === undefined ? [] : [`  ${hint}`])];
}

/** True where the engine still grades a good submission as it should. */
export async function isAlive(): Promise<boolean> {
  const { code, json } = await checkText(SOLUTION);
  return code === 0 && (json as Verdict).score === 3;
}
