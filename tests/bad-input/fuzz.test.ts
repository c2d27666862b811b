import fc from "fast-check";
import { expect, it } from "vitest";
import { exitCodeOf, type Verdict } from "#grade";
import { createUserFiles, dispatch } from "#cli";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createWorld } from "../cli/world.ts";
import { checkText, engine, isAlive } from "./course.ts";
import { createTallyFiles, SOLUTION } from "./tally.ts";

const STATUSES = ["pass", "fail", "ungradable", "infra-error"] as const;

/** Whatever was handed in: a verdict that makes sense, and our machine did not fail. */
function expectVerdict(code: number, json: unknown): void {
  const verdict = json as Verdict;
  expect(STATUSES).toContain(verdict.status);
  expect(verdict.status).not.toBe("infra-error");
  expect(code).toBe(exitCodeOf(verdict.status));
  expect(verdict.diagnostics !== undefined).toBe(verdict.status === "ungradable");
  expect(verdict.checks.length > 0).toBe(verdict.status !== "ungradable");
  if (verdict.status === "pass") expect(verdict.score).toBe(verdict.maxScore);
}

/** A span of the text, to be deleted, doubled or moved. */
const change = fc.record({
  kind: fc.constantFrom("delete", "double", "swap"),
  from: fc.nat(SOLUTION.length),
  length: fc.integer({ min: 1, max: 30 }),
  to: fc.nat(SOLUTION.length),
});

function apply(
  text: string,
  { kind, from, length, to }: { kind: string; from: number; length: number; to: number },
): string {
  const span = text.slice(from, from + length);
  if (kind === "double") return text.slice(0, from) + span + text.slice(from);
  const rest = text.slice(0, from) + text.slice(from + length);
  return kind === "delete" ? rest : rest.slice(0, to) + span + rest.slice(to);
}

it("any mutation of the solution gets a verdict", { timeout: 60_000 }, async () => {
  const mutation = fc.array(change, { minLength: 1, maxLength: 3 });
  const property = fc.asyncProperty(mutation, async (changes) => {
    const report = await checkText(changes.reduce(apply, SOLUTION));
    expectVerdict(report.code, report.json);
  });
  await fc.assert(property, { numRuns: 70, seed: 20_260, endOnFailure: true });
  expect(await isAlive()).toBe(true);
});

it("any bytes get a verdict", { timeout: 60_000 }, async () => {
  const dir = mkdtempSync(join(tmpdir(), "interleave-fuzz-"));
  const world = {
    ...createWorld({ course: createTallyFiles(), engine: await engine }),
    user: createUserFiles(dir),
  };
  const property = fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
    writeFileSync(join(dir, "main.ts"), bytes);
    const report = await dispatch(["check", "tally", "--submission", "main.ts"], world);
    expectVerdict(report.code, report.json);
    expect(report.code).toBe(2);
  });
  await fc.assert(property, { numRuns: 30, seed: 20_261, endOnFailure: true });
  rmSync(dir, { recursive: true });
  expect(await isAlive()).toBe(true);
});
