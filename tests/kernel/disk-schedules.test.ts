import fc from "fast-check";
import { expect, it } from "vitest";
import { createPrng } from "#base";
import { OPEN } from "#abi";
import type { Chooser } from "#kernel";
import { contentsAfterCrash, crashPoints } from "../../src/kernel/disk/crash.ts";
import { runScript, type Script } from "./fake-guest.ts";

const APPEND = OPEN.read | OPEN.append | OPEN.create;

function random(seed: number): Chooser {
  const prng = createPrng(seed);
  return { choose: (point) => prng.below(point.threads.length) };
}

/** What a thread does with the log between two of its entries: how long it sleeps, and whether it syncs. */
const entries = fc.array(fc.record({ sleepNs: fc.nat({ max: 12_000 }), sync: fc.boolean() }), {
  minLength: 1,
  maxLength: 5,
});

it("what was written before a sync that has returned is found after every later crash, whoever else writes", () => {
  fc.assert(
    fc.property(fc.array(entries, { minLength: 1, maxLength: 3 }), fc.nat(), (threads, seed) => {
      /** Entries of a thread that are safe, from an instant on. */
      const promises: { thread: number; count: number; fromNs: number }[] = [];
      const writer = (thread: number): Script =>
        function* () {
          const { reply: log } = yield { call: "fileOpen", b: APPEND, payload: "slog" };
          let count = 0;
          for (const { sleepNs, sync } of threads[thread] ?? []) {
            yield { call: "sleep", a: sleepNs };
            yield { call: "fileWrite", a: Number(log), payload: `b${"abc"[thread]}` };
            count++;
            if (!sync) continue;
            yield { call: "fileSync", a: Number(log) };
            const { reply: fromNs } = yield { call: "now" };
            promises.push({ thread, count, fromNs: Number(fromNs) });
          }
        };
      const kernel = runScript(
        function* () {
          // Syncs about as long as sleeps: writes fall before, into and behind them.
          yield {
            call: "diskConfigure",
            payload: 'j{"path":null,"settings":{"syncNs":9000,"writeNs":3000,"openNs":0}}',
          };
          for (let i = 0; i < threads.length; i++) yield { call: "spawn", body: writer(i) };
          for (let i = 1; i <= threads.length; i++) yield { call: "join", a: i };
        },
        { chooser: random(seed) },
      );
      expect(kernel.failure).toBeNull();
      for (const at of [...crashPoints(kernel.disk, "log"), ...promises.map(({ fromNs }) => fromNs)])
        for (const content of contentsAfterCrash(kernel.disk, "log", at))
          for (const { thread, count, fromNs } of promises) {
            if (at < fromNs) continue;
            const found = [...(content ?? "")].filter((letter) => letter === "abc"[thread]).length;
            expect(found).toBeGreaterThanOrEqual(count);
          }
    }),
    { numRuns: 300 },
  );
});

it("what another thread writes while a sync is under way can be lost after the sync has returned", () => {
  const kernel = runScript(function* () {
    yield {
      call: "spawn",
      body: function* () {
        const { reply: log } = yield { call: "fileOpen", b: APPEND, payload: "slog" };
        yield { call: "sleep", a: 1_000_000 };
        yield { call: "fileWrite", a: Number(log), payload: "blate" };
      },
    };
    const { reply: log } = yield { call: "fileOpen", b: APPEND, payload: "slog" };
    yield { call: "fileWrite", a: Number(log), payload: "bearly;" };
    yield { call: "fileSync", a: Number(log) };
    yield { call: "join", a: 1 };
  });
  expect(contentsAfterCrash(kernel.disk, "log", kernel.nowNs)).toEqual(["early;", "early;la", "early;late"]);
});

it("a reader finds whole writes, in the order in which they were made, and misses none before the last it finds", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 9 }),
      fc.nat(),
      (count, max, seed) => {
        const whole = Array.from({ length: count }, (_, i) => `<${i}>`).join("");
        let seen = "";
        const kernel = runScript(
          function* () {
            yield {
              call: "spawn",
              body: function* () {
                const { reply: log } = yield { call: "fileOpen", b: APPEND, payload: "slog" };
                for (let i = 0; i < count; i++)
                  yield { call: "fileWrite", a: Number(log), payload: `b<${i}>` };
              },
            };
            const { reply: log } = yield { call: "fileOpen", b: APPEND, payload: "slog" };
            for (let i = 0; i < 8; i++) {
              const { reply } = yield { call: "fileRead", a: Number(log), b: max };
              seen += String(reply).slice(1);
              expect(whole.startsWith(seen)).toBe(true);
              // Less than asked for: the file ended here, and it ends with a whole write.
              if (String(reply).length - 1 < max) expect(seen.length % 3).toBe(0);
            }
            yield { call: "join", a: 1 };
          },
          { chooser: random(seed) },
        );
        expect(kernel.failure).toBeNull();
      },
    ),
    { numRuns: 300 },
  );
});

it("what a check does to the disk and asks of it is no choice and takes no time", () => {
  const run = (asks: boolean): readonly [choices: number, endNs: number] => {
    const kernel = runScript(function* () {
      for (const name of ["a", "b"])
        yield {
          call: "spawn",
          body: function* () {
            const { reply: log } = yield { call: "fileOpen", b: APPEND, payload: "slog" };
            yield { call: "fileWrite", a: Number(log), payload: `b${name}` };
          },
        };
      for (let i = 0; i < 3; i++) {
        yield { call: "sleep", a: 50_000 };
        if (!asks) continue;
        yield { call: "diskPut", payload: `j["other${i}","x"]` };
        yield { call: "diskContent", b: i, payload: "slog" };
        yield { call: "diskAfterCrash", b: i, payload: "slog" };
        yield { call: "diskCrashPoints", payload: "slog" };
        yield { call: "diskEvents", payload: "slog" };
      }
      yield { call: "join", a: 1 };
      yield { call: "join", a: 2 };
    });
    return [kernel.choices.length, kernel.nowNs];
  };
  expect(run(true)).toEqual(run(false));
});
