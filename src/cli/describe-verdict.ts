import type { CheckDetail, CheckVerdict, GradeResult } from "#grade";
import {
  describeBug,
  describeDiagnostic,
  describePrintedLines,
  describeWarnings,
  indent,
} from "./describe-run.ts";
import { describeStepColumns } from "./step-columns.ts";

const MARKS = { pass: "pass", fail: "FAIL", inconclusive: "open", error: "ERROR" } as const;
const PRINTED_MAX = 40;

/** A verdict for people: each check with its message, what the result proves, and the failing run. */
export function describeVerdict({ verdict, details }: GradeResult): string {
  const head = `${verdict.exercise}: ${verdict.status}, ${verdict.score} of ${verdict.maxScore} points`;
  if (verdict.diagnostics !== undefined) {
    return [head, "", ...verdict.diagnostics.map(describeDiagnostic)].join("\n");
  }
  const checks = verdict.checks.map((check, index) => describeCheck(check, details[index]));
  return [head, "", ...checks, "", `verdict ${verdict.verdictHash}`].join("\n");
}

function describeCheck(check: CheckVerdict, detail: CheckDetail | undefined): string {
  const head = `${MARKS[check.status].padEnd(5)} ${check.id}: ${check.title} (${check.points}/${check.maxPoints})`;
  const bug = check.status === "fail" && detail?.failure ? describeBug(check.bug ?? null) : "";
  const lines = [check.message ?? "", bug, detail?.proof ?? ""].filter((line) => line !== "");
  if (check.hint !== undefined) lines.push(`Hint: ${check.hint}`);
  if (check.schedule !== undefined) lines.push(`Schedule: ${check.schedule}`);
  const warnings = describeWarnings(detail?.warnings ?? []);
  if (warnings.length > 0) lines.push("Warnings:", ...warnings.map((warning) => `  ${warning}`));
  const failure = detail?.failure;
  if (failure) {
    const steps = describeStepColumns(failure);
    const printed = describePrintedLines(failure.printed);
    if (steps.length > 0) lines.push("Steps:", ...steps);
    if (printed.length > 0) lines.push("Printed:", ...shorten(printed));
  }
  return [
    head,
    indent(
      lines.flatMap((line) => line.split("\n")),
      6,
    ),
  ].join("\n");
}

/** The last lines, with a word about those left out: a failure shows at the end. */
function shorten(lines: readonly string[]): string[] {
  const left = lines.length - PRINTED_MAX;
  return left <= 0 ? [...lines] : [`  (${left} earlier ones left out)`, ...lines.slice(left)];
}
