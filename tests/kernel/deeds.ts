import fc from "fast-check";
import { expect } from "vitest";
import { runScript } from "./fake-guest.ts";
import type { Steps } from "./operation-driver.ts";

/** How many random scripts a property is tried with, and how long they are. */
export const RUNS = { numRuns: 300 };
export const LENGTH = { minLength: 1, maxLength: 40 };

/** Deeds of these kinds: `which` is taken modulo what there is. */
export const about = <K extends string>(...kinds: K[]): fc.Arbitrary<{ kind: K; which: number; n: number }> =>
  fc.record({ kind: fc.constantFrom(...kinds), which: fc.nat(40), n: fc.integer({ min: 1, max: 3 }) });

/** One of the items; undefined where there is none. */
export function at<T>(items: readonly T[], which: number): T | undefined {
  return items[which % items.length];
}

/** Runs a script that compares as it goes, to its end. */
export function checkScript(script: () => Steps<void>): void {
  const kernel = runScript(script);
  expect(kernel.failure).toBeNull();
}
