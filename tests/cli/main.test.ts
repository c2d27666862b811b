import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const MAIN = resolve(import.meta.dirname, "../../src/cli/main.ts");
const SOLUTION = resolve(import.meta.dirname, "../../exercises/timeout-without-async/solution");

const RACE = `
import { spawn } from "std/thread";
import { SharedCell } from "std/sync";
import { assertEq } from "std/assert";
import { twice } from "./twice";

export function main() {
  const counter = new SharedCell(0);
  const workers = twice(() => spawn(() => counter.set(counter.get() + 1)));
  for (const worker of workers) worker.join();
  console.log("counted", counter.get());
  assertEq(counter.get(), 2);
}
`;
const TWICE = "export function twice<T>(make: () => T): T[] { return [make(), make()]; }\n";

let dir = "";
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "interleave-cli-"));
  writeFileSync(join(dir, "race.ts"), RACE);
  writeFileSync(join(dir, "twice.ts"), TWICE);
  writeFileSync(join(dir, "broken.ts"), "export function main() { const a = ; }\n");
  writeFileSync(join(dir, "quiet.ts"), "export function main() {}\n");
  writeFileSync(join(dir, "nothing.ts"), "export const a = 1;\n");
  mkdirSync(join(dir, "empty"));
});
afterAll(() => rmSync(dir, { recursive: true }));

/** Runs the command line as a user would, standing in the folder of the programs. */
function course(...words: string[]) {
  const { npm_lifecycle_event: _, ...env } = process.env;
  const ran = spawnSync(process.execPath, [MAIN, ...words], { cwd: dir, encoding: "utf8", env });
  return { code: ran.status, out: ran.stdout, err: ran.stderr };
}

describe("the command line", { timeout: 120_000 }, () => {
  it("prints help on stdout with exit code 0", () => {
    const { code, out, err } = course("help");
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain("explore <file.ts>");
  });

  it("prints a mistake as one line on stderr, and with --json as one document on stdout", () => {
    expect(course("check", "nope-nope-nope", "--strategy", "slow")).toEqual({
      code: 2,
      out: "",
      err: "`slow` is no strategy; there are pipeline, fifo, random, uniform, pos, pct, bounded, exhaustive.\n",
    });
    const { code, out, err } = course("explore", "gone.ts", "--json");
    expect([code, err]).toEqual([2, ""]);
    expect(JSON.parse(out)).toEqual({
      error: {
        kind: "usage",
        message: "There is no file `gone.ts`.",
        hint: "`help explore` shows what can be asked for.",
      },
    });
  });

  it("explores a program to its failure, and replays that, with a trace", () => {
    const explored = course("explore", "race.ts", "--json");
    expect([explored.code, explored.err]).toEqual([1, ""]);
    const json = JSON.parse(explored.out);
    expect(json).toMatchObject({ outcome: "panic", strategy: "bounded", complete: false });
    expect(json.failure.message).toMatch(/^Panic: got 1, expected 2 \(race\.ts:12:\d+\)$/);
    expect(json.failure.threads.map((thread: { name: string }) => thread.name)).toEqual([
      "main",
      "worker-1",
      "worker-2",
    ]);
    expect(json.failure.bug).toEqual({
      name: "lost-update",
      sentence: expect.stringContaining("worker-2 wrote 1 (race.ts:9) in between"),
    });

    const replayed = course(
      "replay",
      "race.ts",
      "--schedule",
      json.failure.schedule,
      "--trace",
      "trace.json",
    );
    expect(replayed.code).toBe(1);
    expect(replayed.out).toMatch(
      /^Panic: got 1, expected 2 \(race\.ts:12:\d+\)\nlost-update: .*\nLost from step .*\nSteps:\n/,
    );
    expect(replayed.out).toContain("main: counted 1\n");
    const { traceEvents } = JSON.parse(readFileSync(join(dir, "trace.json"), "utf8"));
    expect(traceEvents).toContainEqual(expect.objectContaining({ ph: "M", args: { name: "worker-2" } }));
    expect(traceEvents).toContainEqual(expect.objectContaining({ name: "cellSet", ph: "i" }));
  });

  it("has exit code 0 for a program that passes", () => {
    expect(course("explore", "quiet.ts")).toMatchObject({
      code: 0,
      out: expect.stringContaining("only one schedule"),
    });
  });

  it.each([
    ["broken.ts", /^broken\.ts:1:36: /],
    ["nothing.ts", /main/],
  ])("has exit code 2 for %s, which does not start, and says why", (file, message) => {
    const { code, out, err } = course("explore", file);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(message);
  });

  it("has exit code 2 for a submission without the exercise's files", () => {
    const { code, out } = course("check", "timeout-without-async", "--submission", "empty", "--json");
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ status: "ungradable", score: 0, checks: [] });
  });

  it("gives the same verdict bytes again", () => {
    const words = ["check", "timeout-without-async", "--submission", SOLUTION, "--runs", "15", "--json"];
    const first = course(...words);
    expect(first.code).toBe(0);
    expect(course(...words).out).toBe(first.out);
  });
});
