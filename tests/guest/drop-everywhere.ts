import { expect } from "vitest";
import { run } from "../engine.ts";
import { RT_IMPORTS } from "./rt-table.ts";

const HARNESS = `
class Cut<T> extends Future<T | "dropped"> {
  constructor(readonly inner: Future<T>, public left: number, readonly wasReady: () => void) { super(); }
  override poll(cx: Context): Poll<T | "dropped"> {
    if (this.left === 0) { this.inner.drop(); return Poll.ready("dropped"); }
    const poll = this.inner.poll(cx);
    if (poll.ready) { this.wasReady(); return poll; }
    if (--this.left > 0 || cutsWhenWoken) return Poll.pending;
    this.inner.drop();
    return Poll.ready("dropped");
  }
}
const cutsWhenWoken: boolean = WHEN === "woken";
type CutIt = <T>(future: Future<T>) => Future<T | "dropped">;
export function main() {
  blockOn((function* (): Async<void> {
    for (let k = 0, isReady = false; !isReady; k++) {
      const said: unknown[] = [];
      yield* scenario((future) => new Cut(future, k, () => { isReady = true; }), (value) => void said.push(value));
      console.log(...said);
      if (k > 20) throw new Error("never ready");
    }
  })());
}
`;

/**
 * Runs `scenario`, the body of an async function, again and again: the future that it hands to `cut(…)` is dropped
 * unpolled, then after its first poll, after its second … until it is ready. What it says with `say(…)` must be `said`
 * every time, and it must have waited at `points` places at least. `when`: it is dropped where it `suspended`, or
 * when it was `woken` and would be polled again: what it waited for may have been given to it already. `imports` is what else the scenario uses.
 */
export async function dropEverywhere(
  scenario: string,
  said: string,
  points = 1,
  when: "suspended" | "woken" = "suspended",
  imports = "",
): Promise<void> {
  const source = `const WHEN: string = "${when}"; import { spawn, sleep } from "std/thread"; import { Instant } from "std/time"; ${RT_IMPORTS}${imports}${HARNESS}
function* scenario(cut: CutIt, say: (value: unknown) => void): Async<void> {
${scenario}
}`;
  const { outcome, printed, warnings } = await run(source);
  expect(`${outcome.kind} ${outcome.message}`.trim()).toBe("passed");
  expect(warnings).toEqual([]);
  const lines = printed.map(({ text }) => text);
  expect(new Set(lines)).toEqual(new Set([said]));
  // The first round never polls it, the last one is never cut.
  expect(lines.length).toBeGreaterThanOrEqual(points + 2);
}
