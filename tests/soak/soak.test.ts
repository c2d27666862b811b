import fc from "fast-check";
import { expect, it } from "vitest";
import { assertFlat, endure } from "./endurance.ts";
import { checkBodies, type Tally } from "./properties.ts";
import { anyBody } from "./random-programs.ts";

it("3,000 runs of many programs leave memory flat, and each result is what it was before", async () => {
  const points = await endure(3_000, 500, () => {});
  assertFlat(points);
}, 90_000);

it("400 random programs under four schedules end in proper outcomes, the same ones each time", async () => {
  const tally: Tally = new Map();
  const bodies = fc.array(anyBody, { minLength: 20, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(bodies, (batch) => checkBodies(batch, tally)),
    { numRuns: 20, seed: 3 },
  );
  for (const kind of ["passed", "panic", "deadlock", "stuck", "misuse", "over-limit"] as const)
    expect(tally.get(kind) ?? 0, kind).toBeGreaterThan(0);
}, 90_000);
