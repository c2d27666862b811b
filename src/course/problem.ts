import type { z } from "zod";

/** A mistake in the files of a course: where, what, and what to do. */
export interface Problem {
  readonly file: string;
  /** The field, as `points.on-time` or `wrong[0].fails`; "" for the file as a whole. */
  readonly field: string;
  readonly message: string;
  readonly remedy: string;
}

export type Loaded<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] };

/** `exercises/a/exercise.json, minutes: must be a number. Write …` */
export function formatProblem({ file, field, message, remedy }: Problem): string {
  return `${field === "" ? file : `${file}, ${field}`}: ${message} ${remedy}`;
}

/** Reads a JSON text by a schema. */
export function parseJson<T>(file: string, text: string, schema: z.ZodType<T>): Loaded<T> {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    const message = `This is not JSON: ${error instanceof Error ? error.message : String(error)}.`;
    return { ok: false, problems: [{ file, field: "", message, remedy: "Correct the JSON." }] };
  }
  return parseData(file, data, schema);
}

/** Checks data from `file` by a schema. */
export function parseData<T>(file: string, data: unknown, schema: z.ZodType<T>): Loaded<T> {
  const parsed = schema.safeParse(data);
  if (parsed.success) return { ok: true, value: parsed.data };
  const problems = parsed.error.issues.map((issue) => toProblem(file, issue));
  return { ok: false, problems };
}

function toProblem(file: string, issue: z.core.$ZodIssue): Problem {
  const field = formatPath(issue.path);
  const remedy =
    issue.code === "unrecognized_keys"
      ? "Remove it, or correct its name."
      : issue.code === "custom"
        ? "Correct it."
        : `Correct ${field === "" ? "the file" : `\`${field}\``}; the schemas in src/course say what belongs there.`;
  return { file, field, message: `${issue.message}.`, remedy };
}

function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) =>
      typeof key === "number" ? `${text}[${key}]` : text === "" ? String(key) : `${text}.${String(key)}`,
    "",
  );
}
