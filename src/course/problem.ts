import type { z } from "zod";
import { readJson, type TextPlace } from "./json.ts";

/** A mistake in the files of a course: where, what, and what to do. */
export interface Problem {
  readonly file: string;
  /** The field, as `points.on-time` or `wrong[0].fails`; "" for the file as a whole. */
  readonly field: string;
  /** Where in the file, where that is known. */
  readonly place?: TextPlace;
  readonly message: string;
  readonly remedy: string;
}

export type Loaded<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] };

/** `exercises/a/exercise.json:4:14, minutes: must be a number. Write …` */
export function formatProblem({ file, field, place, message, remedy }: Problem): string {
  const at = place === undefined ? file : `${file}:${place.line}:${place.column}`;
  return `${field === "" ? at : `${at}, ${field}`}: ${message} ${remedy}`;
}

/** Reads a JSON text by a schema. */
export function parseJson<T>(file: string, text: string, schema: z.ZodType<T>): Loaded<T> {
  const json = readJson(text);
  if (json.ok) return parseData(file, json.value, schema, (path) => json.placeOf(path));
  const { place } = json;
  const message = `This is not JSON: ${json.message}.`;
  return { ok: false, problems: [{ file, field: "", place, message, remedy: "Correct the JSON." }] };
}

/** Checks data from `file` by a schema. */
export function parseData<T>(
  file: string,
  data: unknown,
  schema: z.ZodType<T>,
  placeOf?: (path: readonly PropertyKey[]) => TextPlace | undefined,
): Loaded<T> {
  const parsed = schema.safeParse(data);
  if (parsed.success) return { ok: true, value: parsed.data };
  const problems = parsed.error.issues.map((issue) => {
    const unknown = issue.code === "unrecognized_keys" ? (issue.keys[0] ?? "") : undefined;
    const place = placeOf?.(unknown === undefined ? issue.path : [...issue.path, unknown]);
    return { ...toProblem(file, issue), ...(place !== undefined && { place }) };
  });
  return { ok: false, problems };
}

function toProblem(file: string, issue: z.core.$ZodIssue): Problem {
  const field = formatPath(issue.path);
  if (issue.code === "invalid_type" && issue.message.endsWith("received undefined")) {
    return { file, field, message: "This field is missing.", remedy: "Add it." };
  }
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
