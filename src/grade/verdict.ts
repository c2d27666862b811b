import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Bug, OutcomeKind, Place } from "#abi";
import type { Diagnostic } from "#compile";

export type CheckStatus = "pass" | "fail" | "inconclusive" | "error";

/** One check of a verdict. Optional fields are absent where they have nothing to say. */
export interface CheckVerdict {
  readonly id: string;
  readonly title: string;
  readonly status: CheckStatus;
  readonly points: number;
  readonly maxPoints: number;
  readonly message?: string;
  readonly hint?: string;
  /** The mistake that the failing run shows, where it is a known one. */
  readonly bug?: Pick<Bug, "name" | "sentence">;
  /** The first failing schedule. */
  readonly schedule?: string;
  readonly runs: number;
  /** True where every schedule within the preemption bound was run. */
  readonly complete: boolean;
}

/** Why a submission cannot be graded. `load`: its module bodies throw or hang. */
export interface GradeDiagnostic extends Omit<Diagnostic, "kind"> {
  readonly kind: Diagnostic["kind"] | "load";
  readonly place?: Place;
}

export interface Verdict {
  readonly exercise: string;
  readonly status: "pass" | "fail" | "ungradable" | "infra-error";
  readonly score: number;
  readonly maxScore: number;
  readonly checks: readonly CheckVerdict[];
  /** SHA-256 (hex) over all that matters; equal on every platform. */
  readonly verdictHash: string;
  /** Only where the status is `ungradable`. */
  readonly diagnostics?: readonly GradeDiagnostic[];
}

/** What stands behind one check of a verdict, for the hash. */
export interface CheckEvidence {
  readonly outcome: OutcomeKind;
  readonly learnHash: string;
  readonly runsHash: string;
  /** Trace hash of the failing run, "" where none failed. */
  readonly failureHash: string;
}

/** The verdict over checks that ran. `evidence[i]` belongs to `checks[i]`. */
export function concludeVerdict(
  exercise: string,
  checks: readonly CheckVerdict[],
  evidence: readonly CheckEvidence[],
): Verdict {
  const score = checks.reduce((sum, check) => sum + check.points, 0);
  const maxScore = checks.reduce((sum, check) => sum + check.maxPoints, 0);
  const status = checks.some((check) => check.status === "error")
    ? "infra-error"
    : checks.every((check) => check.status === "pass")
      ? "pass"
      : "fail";
  const hashed = checks.map(({ id, status: one, message, schedule, runs, complete }, index) => {
    return { id, status: one, message, schedule, runs, complete, ...evidence[index] };
  });
  return {
    exercise,
    status,
    score,
    maxScore,
    checks,
    verdictHash: hashOf({ exercise, status, checks: hashed }),
  };
}

/** The verdict over a submission that does not come to its checks. */
export function concludeUngradable(
  exercise: string,
  maxScore: number,
  diagnostics: readonly GradeDiagnostic[],
): Verdict {
  const verdictHash = hashOf({ exercise, status: "ungradable", diagnostics });
  return { exercise, status: "ungradable", score: 0, maxScore, checks: [], verdictHash, diagnostics };
}

/** The exit code of DESIGN 9: 0 yes, 1 no, 2 ungradable, 3 our error. */
export function exitCodeOf(status: Verdict["status"]): 0 | 1 | 2 | 3 {
  switch (status) {
    case "pass":
      return 0;
    case "fail":
      return 1;
    case "ungradable":
      return 2;
    case "infra-error":
      return 3;
  }
}

function hashOf(value: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(encodeCanonical(value))));
}

/** JSON with sorted keys, no white space and no absent fields: one text for one value. */
export function encodeCanonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(encodeCanonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, field]) => `${JSON.stringify(key)}:${encodeCanonical(field)}`);
  return `{${fields.join(",")}}`;
}
