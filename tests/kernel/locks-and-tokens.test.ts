import fc from "fast-check";
import { expect, it } from "vitest";
import { CALLS, type TraceEvent } from "#abi";
import { createPrng } from "#base";
import type { Chooser, Kernel } from "#kernel";
import { type Call, runScript, type Rules, type Script } from "./fake-guest.ts";

/** Runs scripts as threads 1, 2, ... under random choices, after `before`; the first thread joins them in order. */
function runAll(
  scripts: readonly Script[],
  seed: number,
  before: readonly Call[],
  rules: Rules = {},
): Kernel {
  const prng = createPrng(seed);
  const chooser: Chooser = { choose: (point) => prng.below(point.threads.length) };
  const main: Script = function* () {
    for (const call of before) yield call;
    for (const body of scripts) yield { call: "spawn", body };
    for (let id = 1; id <= scripts.length; id++) yield { call: "join", a: id };
  };
  return runScript(main, { chooser, ...rules });
}

/** The calls one after the other, whatever comes of them. */
const scriptOf = (calls: readonly Call[]): Script =>
  function* () {
    for (const call of calls) yield call;
  };

function done(kernel: Kernel): readonly TraceEvent[] {
  return kernel.recorder.events.filter(({ kind }) => kind === "called" || kind === "resumed");
}

const LOCK = 1;

interface Section {
  readonly take: "rwRead" | "rwTryRead" | "rwWrite" | "rwTryWrite";
  readonly value: number;
  readonly yields: number;
}

const section: fc.Arbitrary<Section> = fc.record({
  take: fc.constantFrom("rwRead", "rwTryRead", "rwWrite", "rwTryWrite"),
  value: fc.nat(99),
  yields: fc.nat(2),
});

/** Takes the lock, stays a while, gives it back: what a guard does, also where a try came in vain. */
function* sectionCalls({ take, value, yields }: Section): ReturnType<Script> {
  const writes = take === "rwWrite" || take === "rwTryWrite";
  const { status } = yield { call: take, a: LOCK };
  for (let i = 0; i < yields; i++) yield { call: "yieldNow" };
  if (status === 0) yield { call: "rwUnlock", a: LOCK, b: writes ? 1 : 0, payload: writes ? value : "u" };
}

/** An RwLock as its documentation says. */
class Model {
  value = 0;
  writer = 0;
  readonly readers = new Set<number>();
  readonly line = new Set<number>();

  see({ call, thread, detail, kind }: TraceEvent): void {
    const canRead = this.writer === 0 && this.line.size === 0;
    const canWrite = this.writer === 0 && this.readers.size === 0;
    const taken = `${this.value}`;
    if (call === CALLS.rwRead) expect({ canRead, detail }).toEqual({ canRead: true, detail: taken });
    if (call === CALLS.rwTryRead) expect(detail).toBe(canRead ? taken : "wouldBlock");
    if (call === CALLS.rwTryWrite) expect(detail).toBe(canWrite ? taken : "wouldBlock");
    if (call === CALLS.rwWrite) expect(detail).toBe(canWrite ? taken : "");
    if (call === CALLS.rwWrite) expect(kind).toBe(this.line.has(thread) ? "resumed" : "called");
    if (call === CALLS.rwUnlock) this.#letGo(thread, detail);
    else if (detail === "wouldBlock") return;
    else if (call === CALLS.rwRead || call === CALLS.rwTryRead) this.readers.add(thread);
    else if (call === CALLS.rwTryWrite || (call === CALLS.rwWrite && canWrite)) this.writer = thread;
    if (call === CALLS.rwWrite && !canWrite) this.line.add(thread);
    else this.line.delete(thread);
  }

  #letGo(thread: number, detail: string): void {
    if (this.writer === thread) {
      this.value = Number(detail);
      this.writer = 0;
    } else expect(this.readers.delete(thread)).toBe(true);
  }
}

it("an RwLock lets many read or one write, prefers who waits to write, and never stops", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(section, { maxLength: 4 }), { maxLength: 4 }),
      fc.nat(),
      (threads, seed) => {
        const scripts = threads.map(
          (sections): Script =>
            function* () {
              for (const one of sections) yield* sectionCalls(one);
            },
        );
        const kernel = runAll(scripts, seed, [{ call: "rwLockNew", payload: 0 }]);
        expect(kernel.failure).toBeNull();
        const model = new Model();
        for (const event of done(kernel)) if (event.object === LOCK && event.thread > 0) model.see(event);
        expect([model.writer, model.readers.size, model.line.size]).toEqual([0, 0, 0]);
      },
    ),
    { numRuns: 400 },
  );
});

const MS = 1_000_000;
const parkingCall = fc.oneof(
  fc.constant<Call>({ call: "park" }),
  fc.nat(3).map((ms): Call => ({ call: "parkTimeout", a: ms * MS })),
  fc.integer({ min: 1, max: 3 }).map((target): Call => ({ call: "unpark", a: target })),
  fc.nat(3).map((ms): Call => ({ call: "sleep", a: ms * MS })),
);
const threeThreads = fc.tuple(...[1, 2, 3].map(() => fc.array(parkingCall, { maxLength: 6 })));

it("a park takes the one token that an unpark gave, and a parkTimeout waits no longer than its time", () => {
  fc.assert(
    fc.property(threeThreads, fc.nat(), (threads, seed) => {
      const kernel = runAll(threads.map(scriptOf), seed, []);
      const tokens = new Set<number>();
      const calls = threads.map((thread) => [...thread]);
      const sinceNs = [0, 0, 0];
      for (const { call, thread, object, detail, timeNs } of done(kernel)) {
        if (thread === 0) continue;
        const { a = 0 } = calls[thread - 1]?.shift() ?? {};
        if (call === CALLS.unpark) tokens.add(object);
        if (call === CALLS.park) expect(tokens.delete(thread)).toBe(true);
        if (call === CALLS.parkTimeout) {
          const waitedNs = timeNs - (sinceNs[thread - 1] ?? 0);
          expect(detail === "timeout").toBe(!tokens.delete(thread));
          expect(waitedNs).toBeLessThanOrEqual(a);
          if (detail === "timeout") expect(waitedNs).toBe(a);
        }
        sinceNs[thread - 1] = timeNs;
      }
      // Whoever is left has no token, and is the only reason not to come to an end.
      const left = calls.flatMap((rest, at) =>
        rest.length > 0 ? [{ thread: at + 1, next: rest[0]?.call }] : [],
      );
      for (const { thread, next } of left) expect([next, tokens.has(thread)]).toEqual(["park", false]);
      expect(kernel.failure?.kind).toBe(left.length > 0 ? "stuck" : undefined);
    }),
    { numRuns: 400 },
  );
});

it("a run has at most one spurious wake-up, and none where the rules do not say so", () => {
  const seen = new Set<number>();
  fc.assert(
    fc.property(threeThreads, fc.nat(), fc.boolean(), (threads, seed, spuriousWakeups) => {
      const kernel = runAll(threads.map(scriptOf), seed, [], { spuriousWakeups });
      const count = done(kernel).filter(({ detail }) => detail === "spurious").length;
      expect(count).toBeLessThanOrEqual(spuriousWakeups ? 1 : 0);
      seen.add(count);
    }),
    { numRuns: 300 },
  );
  expect(seen).toEqual(new Set([0, 1]));
});
