/** Owns: what is said about mistakes in a program's files, and in which order. */
import type { Place } from "#abi";
import { nearest } from "./nearest.ts";
import type { Diagnostic } from "./program.ts";

/** More would not be read; the rest shows after these are mended. */
const DIAGNOSTICS_MAX = 20;

/** Each diagnostic once, by file and place, those about no place first. */
export function arrange(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const byText = new Map(diagnostics.map((diagnostic) => [JSON.stringify(diagnostic), diagnostic]));
  return [...byText.values()].sort(compare).slice(0, DIAGNOSTICS_MAX);
}

function compare(a: Diagnostic, b: Diagnostic): number {
  const left = a.place ?? { file: "", line: 0, column: 0 };
  const right = b.place ?? { file: "", line: 0, column: 0 };
  return (
    compareText(left.file, right.file) ||
    left.line - right.line ||
    left.column - right.column ||
    compareText(a.message, b.message)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function at(place: Place | null | undefined): { readonly place?: Place } {
  return place ? { place } : {};
}

/** `from` is the module as the import names it; `names` is what it exports, where that is known. */
export function noSuchExport(
  from: string,
  name: string,
  known: { readonly names?: readonly string[]; readonly suggestion?: string | undefined },
  place: Place | null,
): Diagnostic {
  const suggestion = known.suggestion ?? nearest(name, known.names ?? []);
  const message =
    `${from} has no export \`${name}\`` + (suggestion ? `; did you mean \`${suggestion}\`?` : "");
  const hint =
    known.names === undefined
      ? `Write \`export\` before its declaration in ${from}.`
      : `${from} exports ${known.names.join(", ")}.`;
  return { kind: "export", message, hint, ...at(place) };
}

export function missingExport(file: string, name: string, hasDefault: boolean): Diagnostic {
  return {
    kind: "export",
    message: `${file} must export \`${name}\``,
    hint: hasDefault
      ? `Write \`export\` without \`default\` before the declaration of \`${name}\` in ${file}.`
      : `Write \`export\` before the declaration of \`${name}\` in ${file}.`,
  };
}

export function unsupported(message: string, hint: string, place: Place | null): Diagnostic {
  return { kind: "unsupported", message, hint, ...at(place) };
}
