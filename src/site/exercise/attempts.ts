import { isRecord, readStored, writeStored } from "../browser-storage.ts";
import { isFiles, sameFiles, type Files } from "./work.ts";

/** One press of Check: its number, what came of it in one line, and the code it was about. Nothing of when. */
export interface Attempt {
  readonly number: number;
  readonly verdict: string;
  readonly passed: boolean;
  readonly files: Files;
}

export const ATTEMPTS_MAX = 20;

const key = (slug: string, version: number) => `interleave:attempts:${slug}:v${version}`;

/** The attempts that are kept, the oldest first. */
export function readAttempts(slug: string, version: number): readonly Attempt[] {
  const value = readStored(key(slug, version));
  return Array.isArray(value) ? value.filter(isAttempt) : [];
}

/** The attempts with one more, of which the last twenty are kept. The same code again only renews the last one. */
export function addAttempt(
  attempts: readonly Attempt[],
  { verdict, passed, files }: Omit<Attempt, "number">,
): readonly Attempt[] {
  const last = attempts.at(-1);
  const again = last !== undefined && sameFiles(last.files, files);
  const number = again ? last.number : (last?.number ?? 0) + 1;
  const before = again ? attempts.slice(0, -1) : attempts;
  return [...before, { number, verdict, passed, files }].slice(-ATTEMPTS_MAX);
}

export function writeAttempts(slug: string, version: number, attempts: readonly Attempt[]): boolean {
  return writeStored(key(slug, version), attempts);
}

function isAttempt(value: unknown): value is Attempt {
  return (
    isRecord(value) &&
    typeof value["number"] === "number" &&
    typeof value["verdict"] === "string" &&
    typeof value["passed"] === "boolean" &&
    isFiles(value["files"])
  );
}
