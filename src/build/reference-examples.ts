/** Owns: executing the examples of the reference, and comparing with what their comments say that they print. */
import type { Engine } from "#grade";
import type { Recordings } from "./lesson-recordings.ts";
import type { Declared, Reference } from "./reference-model.ts";
import { recordingId, RecordingError, recordProgram, type Recording } from "./recording.ts";

/** A program of a docstring. */
export interface ReferenceExample {
  readonly code: string;
  /** Whose docstring it is in. */
  readonly declared: Declared;
}

/** The examples of the reference, each once, in the order of its pages. */
export function listExamples({ modules }: Reference): readonly ReferenceExample[] {
  return modules
    .flatMap(({ entries }) => entries)
    .filter(({ sameAs }) => sameAs === undefined)
    .flatMap((entry) => [entry, ...entry.members])
    .flatMap(({ doc, declared }) => doc.examples.map((code) => ({ code, declared })));
}

/** Executes every example; throws, with all of them, where one fails or prints something else than it says. */
export async function recordReference(
  engine: Engine,
  reference: Reference,
  recordings: Recordings,
): Promise<void> {
  const problems: string[] = [];
  for (const example of listExamples(reference)) {
    const problem = await recordExample(engine, example, recordings);
    if (problem !== undefined) problems.push(problem);
  }
  if (problems.length > 0) throw new RecordingError(problems.join("\n"));
}

/** Executes one example, and returns what is wrong with it, with its place and what to do. */
export async function recordExample(
  engine: Engine,
  { code, declared: { file, line, name } }: ReferenceExample,
  recordings: Recordings,
): Promise<string | undefined> {
  const where = `${file}:${line}: The example of \`${name}\``;
  try {
    const id = recordingId(code);
    const recording = recordings.get(id) ?? (await recordProgram(engine, code, { entry: "demo" }));
    recordings.set(id, recording);
    return problemOf(recording, claimsOf(code), where);
  } catch (error) {
    if (!(error instanceof RecordingError)) throw error;
    return `${where} ${error.message}. Correct it.`;
  }
}

/** What an example's comments say that it prints, line for line: those behind code, as `// 1` or, for several lines, `// 1, 2`. */
export function claimsOf(code: string): readonly string[] {
  return code.split("\n").flatMap((line) => /\S.*? \/\/ (.*)$/.exec(line)?.[1]?.split(", ") ?? []);
}

function problemOf(recording: Recording, claims: readonly string[], where: string): string | undefined {
  if (recording.outcome !== "passed")
    return `${where} ends as ${recording.outcome}: ${recording.message} Correct it, or show the failure caught.`;
  const printed = recording.printed.map(({ text }) => text);
  if (printed.length === claims.length && printed.every((text, i) => text === claims[i])) return undefined;
  const quote = (lines: readonly string[]) => lines.map((text) => `\n  ${text}`).join("") || "\n  (nothing)";
  return `${where} prints${quote(printed)}\nand its comments say${quote(claims)}\nCorrect one of the two.`;
}
