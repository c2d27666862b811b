import { beforeAll, expect, it } from "vitest";
import { createEngine } from "#cli";
import type { Engine } from "#grade";
import { runCommand } from "./world.ts";

const LOSES = `import { spawn } from "std/thread";
import { SharedCell } from "std/sync";
export function main() {
  const counter = new SharedCell(0);
  const add = () => counter.set(counter.get() + 1);
  const [a, b] = [spawn(add), spawn(add)];
  a.join();
  b.join();
  if (counter.get() < 2) throw new Error("lost an update");
}`;
const USER = {
  "loses.ts": LOSES,
  "passes.ts": "export function main() {}",
  "spins.ts": "export function main() { for (;;); }",
};

let engine: Engine;
beforeAll(async () => {
  engine = await createEngine(() => {}, 1);
});

const run = (line: string) => runCommand(line, { user: USER, engine });

it("explore says from which step on a failing run was lost, and marks the step", async () => {
  const { text, json } = await run("explore loses.ts");
  expect(text).toMatch(/^Lost from step 3 on: every way to go on from there fails; \d+ runs prove it\.$/m);
  expect(text).toMatch(/^ *>3 .* reads `counter`: 0 .* <- lost from here$/m);
  const { failure } = json as { failure: { lost: { curve: unknown[] } } };
  expect(failure.lost).toMatchObject({ step: 3, choices: 2, proved: true });
  expect(failure.lost.curve).toHaveLength(3);
});

it("replay says the same of the same schedule", async () => {
  const explored = await run("explore loses.ts");
  const { failure } = explored.json as { failure: { schedule: string; lost: unknown } };
  const replayed = await run(`replay loses.ts --schedule ${failure.schedule}`);
  expect(replayed.json).toMatchObject({ lost: failure.lost });
  expect(replayed.text).toContain("\nLost from step 3 on: ");
  expect(replayed.text).toMatch(/^ *>3 .* <- lost from here$/m);
});

it("nothing is lost in a run that passes, and nothing is said of one that reached a bound", async () => {
  const passing = await run("explore passes.ts");
  expect(passing.json).toMatchObject({ failure: null });
  const cut = await run("explore spins.ts --runs 2");
  expect(cut.text).not.toContain("Lost");
  expect(cut.json).not.toMatchObject({ failure: { lost: { step: 1 } } });
});
