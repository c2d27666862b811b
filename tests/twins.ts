import { expect, it } from "vitest";
import type { OutcomeKind } from "#abi";
import { search, type SearchResult } from "#explorer";
import type { RunOptions } from "#machine";
import { load } from "./engine.ts";

/** In so many runs the search finds what is wrong with a program. */
export const FOUND_WITHIN = 300;
/** So many runs its repaired twin passes, unless it has fewer schedules; `npm run soak` makes it more. */
export const REPAIRED_RUNS = Number(process.env["REPAIRED_RUNS"] ?? 2_000);

/** Whole programs: one with a mistake that some schedule shows, and the same without. */
export interface Twins {
  readonly wrong: string;
  readonly right: string;
  /** How the wrong one fails. */
  readonly fails?: OutcomeKind;
  /** A part of what is said then. */
  readonly says?: string;
  readonly rules?: NonNullable<RunOptions["rules"]>;
}

/** Two tests: the search finds what is wrong with one program, and nothing wrong with its twin. */
export function testTwins(title: string, { wrong, right, fails = "panic", says = "", rules }: Twins): void {
  it(`${title}: found within ${FOUND_WITHIN} runs`, async () => {
    const { outcome, failure } = await explore(wrong, FOUND_WITHIN, rules);
    expect(`${outcome.kind}: ${outcome.message}`).toContain(says);
    expect(outcome.kind, outcome.message).toBe(fails);
    expect(failure?.schedule).toMatch(/^il2\./);
  });
  it(`${title}: repaired, it never fails`, async () => {
    const { outcome } = await explore(right, REPAIRED_RUNS, rules);
    expect(outcome).toMatchObject({ kind: "passed", message: "" });
  });
}

async function explore(source: string, runsMax: number, rules: Twins["rules"]): Promise<SearchResult> {
  const loaded = await load(source);
  return search(loaded, {
    entry: { kind: "main" },
    programHash: loaded.program.hash,
    runsMax,
    callsMax: Number.MAX_SAFE_INTEGER,
    ...(rules && { rules }),
  });
}
