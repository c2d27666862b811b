import { formatMs } from "#base";
import { type Bug, formatPlace } from "#abi";
import type { GradeDiagnostic } from "#grade";
import type { PrintedLine, RunWarning } from "#machine";

/** Printed lines with their virtual times, and the threads or tasks that printed them. */
export function describePrintedLines(printed: readonly PrintedLine[]): string[] {
  return printed.map((line) => `${formatMs(line.timeNs)}  ${line.actor}: ${line.text}`);
}

/** The mistake that a failing run shows: `lost-update: ...`. */
export function describeBug(bug: Pick<Bug, "name" | "sentence"> | null): string {
  return bug === null ? "No known pattern fits this failure." : `${bug.name}: ${bug.sentence}`;
}

/** A mistake as JSON tells it. */
export function toBugJson(bug: Bug | null): Pick<Bug, "name" | "sentence"> | null {
  return bug && { name: bug.name, sentence: bug.sentence };
}

/** What is no failure and should be known, with its place. */
export function describeWarnings(warnings: readonly RunWarning[]): string[] {
  return warnings.map(({ message, place }) =>
    place === undefined ? message : `${formatPlace(place)}: ${message}`,
  );
}

/** A diagnostic as compilers print it. */
export function describeDiagnostic({
  message,
  hint,
  place,
}: Pick<GradeDiagnostic, "message" | "hint" | "place">): string {
  const head = place === undefined ? message : `${formatPlace(place)}: ${message}`;
  return hint === undefined ? head : `${head}\n  ${hint}`;
}

/** Lines moved right. */
export function indent(lines: readonly string[], by: number): string {
  return lines.map((line) => " ".repeat(by) + line).join("\n");
}
