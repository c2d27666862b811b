import { expect } from "vitest";
import type { RunOptions } from "#machine";
import { load, run, seeded } from "../engine.ts";
import { FOUND_WITHIN, REPAIRED_RUNS } from "../twins.ts";
import type { Expected } from "./table.ts";

const IMPORTS =
  'import { availableParallelism, current, park, parkTimeout, scope, sleep, spawn, yieldNow, type JoinHandle, type Scope, type Thread } from "std/thread"; ' +
  'import { AtomicBool, AtomicI32, Barrier, channel, Condvar, Mutex, OnceLock, RwLock, SharedCell, type Sender } from "std/sync"; ' +
  'import { Instant } from "std/time"; import { assert, assertEq, panic } from "std/assert"; ' +
  "const show = (r: { ok: boolean; value?: unknown; error?: unknown }) => (r.ok ? `ok ${r.value}` : `error ${r.error}`); " +
  'const caught = (f: () => unknown) => { try { f(); return "nothing"; } catch (e) { return `${(e as Error).name}: ${(e as Error).message}`; } };';

/**
 * Runs a program that has all of std in scope: a whole module, or the body of `main`; it begins on line 2.
 * The place counts where one is expected.
 */
export async function checkStd(
  program: string,
  expected: Expected,
  rules: Twins["rules"] = {},
): Promise<void> {
  const isModule = program.includes("export function main");
  const source = isModule ? program : `export function main() {\n${program}\n}`;
  const { outcome, printed } = await run(`${IMPORTS} ${isModule ? "\n" : ""}${source}`, { rules });
  const { kind, message, place } = outcome;
  if ("printed" in expected) {
    expect(`${kind} ${message}`.trim()).toBe("passed");
    expect(printed.map(({ text }) => text)).toEqual(expected.printed);
  } else {
    const at = expected.place === undefined ? {} : { place: `${place?.line}:${place?.column}` };
    expect({ kind, message, ...at }).toEqual(expected);
  }
}

export interface Twins {
  readonly buggy: string;
  /** How the buggy one fails: the kind and a part of the message. */
  readonly fails: string;
  readonly repaired: string;
  readonly rules?: NonNullable<RunOptions["rules"]>;
}

/** Chance finds what is wrong with one program and nothing wrong with its twin. */
export async function checkTwins({ buggy, fails, repaired, rules = {} }: Twins): Promise<void> {
  const failures = failuresOf(buggy, rules, FOUND_WITHIN);
  expect((await failures.next()).value).toContain(fails);
  for await (const failure of failuresOf(repaired, rules, REPAIRED_RUNS)) expect(failure).toBe("");
}

async function* failuresOf(
  body: string,
  rules: Twins["rules"] & object,
  count: number,
): AsyncGenerator<string> {
  const program = await load(`${IMPORTS} export function main() {\n${body}\n}`);
  for (let seed = 0; seed < count; seed++) {
    const { outcome } = program.run({ entry: { kind: "main" }, chooser: seeded(seed), rules });
    if (outcome.kind !== "passed") yield `${outcome.kind}: ${outcome.message}`;
  }
}
