import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { LoadedProgram } from "#machine";
import { load, seeded } from "../engine.ts";
import { RT_IMPORTS } from "./rt-table.ts";

/** Runs the body of an async function under one random schedule; what it prints, line by line. */
async function lines(body: string, seed: number): Promise<string[]> {
  const program: LoadedProgram =
    await load(`import { sleep } from "std/thread"; import { Instant } from "std/time"; ${RT_IMPORTS}
export function main() { blockOn(body()); } function* body(): Async<void> { ${body} }`);
  const { outcome, printed } = program.run({ entry: { kind: "main" }, chooser: seeded(seed) });
  expect(`${outcome.kind} ${outcome.message}`.trim()).toBe("passed");
  return printed.map(({ text }) => text);
}

type MissedTicks = "burst" | "delay" | "skip";

/** What the documentation of tokio's interval says, tick by tick: `due@taken`. */
function ticksOf(behaviour: MissedTicks, period: number, busy: readonly number[]): string[] {
  const ticks: string[] = [];
  let now = 0;
  let due = 0;
  for (const ms of busy) {
    now = Math.max(now + ms, due);
    ticks.push(`${due}@${now}`);
    const isLate = now > due + 5;
    if (isLate && behaviour === "delay") due = now + period;
    else if (isLate && behaviour === "skip") while (due <= now) due += period;
    else due += period;
  }
  return ticks;
}

it("an interval ticks as its model does, whatever was done between the ticks", async () => {
  const behaviour = fc.constantFrom<MissedTicks>("burst", "delay", "skip");
  const busy = fc.array(fc.nat({ max: 90 }), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(behaviour, fc.integer({ min: 1, max: 40 }), busy, async (missed, period, delays) => {
      const seen = await lines(
        `const beat = interval(${period}); beat.missedTicks = "${missed}"; const start = Instant.now().valueOf(); for (const ms of ${JSON.stringify(delays)}) { yield* nap(ms); const due = yield* beat.tick(); console.log((due.valueOf() - start) / 1e6 + "@" + (Instant.now().valueOf() - start) / 1e6); }`,
        period,
      );
      expect(seen).toEqual(ticksOf(missed, period, delays));
    }),
    { numRuns: 40, seed: 4 },
  );
});

it("tasks that sleep and time out do so at their instants, under any schedule", async () => {
  const step = fc.record({ sleep: fc.nat({ max: 9 }), limit: fc.nat({ max: 9 }) });
  const tasks = fc.array(fc.array(step, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(tasks, fc.nat(), async (plans, seed) => {
      const seen = await lines(
        `const plans: { sleep: number; limit: number }[][] = ${JSON.stringify(plans)}; function* follow(id: number): Async<void> { for (const { sleep: ms, limit } of plans[id]!) { const r = yield* timeout(limit, nap(ms)); console.log(id + ":" + Instant.now().valueOf() / 1e6 + (r.ok ? " ok" : " elapsed")); } } yield* joinAll(plans.map((_, id) => task(follow(id))));`,
        seed,
      );
      const expected = plans.flatMap((steps, id) => {
        let now = 0;
        return steps.map(({ sleep, limit }) => {
          now += Math.min(sleep, limit);
          return `${id}:${now} ${sleep <= limit ? "ok" : "elapsed"}`;
        });
      });
      expect(seen.toSorted()).toEqual(expected.toSorted());
    }),
    { numRuns: 40, seed: 5 },
  );
});

/** When each job's value is given, `value@time`, where `limit` run at once and a free place is taken at once. */
function givenAt(jobs: readonly number[], limit: number, isOrdered: boolean): string[] {
  const free: number[] = Array.from({ length: limit }, () => 0);
  const given: number[] = [];
  for (const [i, ms] of jobs.entries()) {
    free.sort((a, b) => a - b);
    const start = isOrdered ? (given[i - limit] ?? 0) : (free.shift() ?? 0);
    free.push(start + ms);
    given.push(isOrdered ? Math.max(given[i - 1] ?? 0, start + ms) : start + ms);
  }
  return jobs.map((ms, i) => `${ms}@${given[i]}`);
}

it("a stream of jobs runs as many as its limit while there are more, and loses none, whenever it is dropped", async () => {
  const jobs = fc.array(fc.nat({ max: 20 }), { maxLength: 10 });
  const limits = fc.integer({ min: 1, max: 5 });
  await fc.assert(
    fc.asyncProperty(
      jobs,
      limits,
      fc.nat({ max: 60 }),
      fc.boolean(),
      async (ms, limit, patience, isOrdered) => {
        const seen = await lines(
          `let running = 0, most = 0; function* job(ms: number): Async<number> { most = Math.max(most, ++running); try { yield* nap(ms); return ms; } finally { running--; } }
yield* timeout(${patience}, fromIterable(${JSON.stringify(ms)}).map(job).${isOrdered ? "buffered" : "bufferUnordered"}(${limit}).forEach((n) => console.log(n + "@" + Instant.now().valueOf() / 1e6))); console.log(running, most <= ${limit});`,
          patience,
        );
        const expected = givenAt(ms, limit, isOrdered).filter(
          (line) => Number(line.split("@")[1]) <= patience,
        );
        expect(seen.pop()).toBe("0 true");
        expect(isOrdered ? seen : seen.toSorted()).toEqual(isOrdered ? expected : expected.toSorted());
      },
    ),
    { numRuns: 40, seed: 6 },
  );
});
