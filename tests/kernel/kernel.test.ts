import { expect, it } from "vitest";
import type { ChoicePoint } from "#kernel";
import { runScript, type Script } from "./fake-guest.ts";

const MS = 1_000_000;

/** A worker that reads and writes cell 1 `times` times. */
const bump = (times: number): Script =>
  function* () {
    for (let i = 0; i < times; i++) {
      const { reply } = yield { call: "cellGet", a: 1 };
      yield { call: "cellSet", a: 1, payload: Number(reply) + 1 };
    }
  };

const twoWorkers: Script = function* () {
  yield { call: "cellNew", payload: 0 };
  const a = yield { call: "spawn", body: bump(1) };
  const b = yield { call: "spawn", body: bump(1) };
  yield { call: "join", a: Number(a.reply) };
  yield { call: "join", a: Number(b.reply) };
};

it("asks the chooser only where there are at least two options, in ascending order", () => {
  const points: ChoicePoint[] = [];
  runScript(twoWorkers, { chooser: { choose: (point) => (points.push(point), point.preferred) } });
  expect(points.length).toBeGreaterThan(0);
  for (const point of points) {
    expect(point.threads.length).toBeGreaterThanOrEqual(2);
    expect([...point.threads].sort((x, y) => x - y)).toEqual(point.threads);
  }
});

it("enumerates exactly the interleavings of two workers with two steps each", () => {
  const seen = new Set<string>();
  const explore = (prefix: number[]): void => {
    const options: number[] = [];
    let at = 0;
    const kernel = runScript(twoWorkers, {
      chooser: {
        choose: (point) => {
          options.push(point.threads.length);
          return prefix[at++] ?? 0;
        },
      },
    });
    const order = kernel.recorder.events
      .filter((event) => event.call === 61 || event.call === 62)
      .map((event) => event.thread);
    seen.add(order.join(""));
    for (let i = prefix.length; i < options.length; i++)
      for (let pick = 1; pick < (options[i] ?? 0); pick++)
        explore([...prefix, ...Array<number>(i - prefix.length).fill(0), pick]);
  };
  explore([]);
  expect(seen.size).toBe(6);
});

it("time moves only when nothing can run, to the earliest deadline", () => {
  const kernel = runScript(function* () {
    yield {
      call: "spawn",
      body: function* () {
        yield { call: "sleep", a: 5 * MS };
      },
    };
    yield { call: "sleep", a: 3 * MS };
    const { reply } = yield { call: "now" };
    expect(reply).toBe(3 * MS);
    yield { call: "join", a: 1 };
  });
  expect(kernel.failure).toBeNull();
  expect(kernel.nowNs).toBe(5 * MS);
});

it("a call cost makes every call take its time on a core", () => {
  const script: Script = function* () {
    for (let i = 0; i < 10; i++) yield { call: "yieldNow" };
  };
  expect(runScript(script, { callCostNs: 1000 }).nowNs).toBe(10_000);
  expect(runScript(script).nowNs).toBe(0);
});

it("work queues for cores in the order of arrival", () => {
  const ended: number[] = [];
  const worker = (name: number): Script =>
    function* () {
      yield { call: "work", a: 10 * MS };
      ended.push(name);
    };
  const kernel = runScript(
    function* () {
      for (let i = 1; i <= 3; i++) yield { call: "spawn", body: worker(i) };
      for (let i = 1; i <= 3; i++) yield { call: "join", a: i };
    },
    { cores: 1 },
  );
  expect(ended).toEqual([1, 2, 3]);
  expect(kernel.nowNs).toBe(30 * MS);
});

it("a bound on kernel calls ends the run as over-limit", () => {
  const kernel = runScript(
    function* () {
      for (;;) yield { call: "yieldNow" };
    },
    { callsMax: 100 },
  );
  expect(kernel.failure?.kind).toBe("over-limit");
});

it("a run that makes more kernel calls than anybody waits for ends as inconclusive", () => {
  const kernel = runScript(
    function* () {
      for (;;) yield { call: "yieldNow" };
    },
    { patienceCalls: 100 },
  );
  expect(kernel.failure?.kind).toBe("inconclusive");
  expect(kernel.failure?.message).toBe("The program made more than 100 kernel calls in one run.");
});

it("a program that may make more kernel calls than that is waited for", () => {
  const kernel = runScript(
    function* () {
      for (let i = 0; i < 150; i++) yield { call: "yieldNow" };
    },
    { patienceCalls: 100, callsMax: 200 },
  );
  expect(kernel.failure).toBeNull();
});

it("a waiting thread yields to every other thread before it runs again", () => {
  const order: string[] = [];
  runScript(function* () {
    for (const name of ["a", "b"])
      yield {
        call: "spawn",
        body: function* () {
          for (let i = 0; i < 2; i++) {
            order.push(name);
            yield { call: "yieldNow" };
          }
        },
      };
    yield { call: "join", a: 1 };
    yield { call: "join", a: 2 };
  });
  expect(order).toEqual(["a", "b", "a", "b"]);
});

it("which waiter a notification picks is a choice", () => {
  const waiters: number[] = [];
  for (const pick of [0, 1]) {
    runScript(
      function* () {
        const { reply: mutex } = yield { call: "mutexNew", payload: 0 };
        const { reply: cond } = yield { call: "condvarNew" };
        for (let i = 1; i <= 2; i++)
          yield {
            call: "spawn",
            body: function* () {
              yield { call: "lock", a: Number(mutex) };
              yield { call: "wait", a: Number(cond), b: Number(mutex), payload: 0 };
              waiters.push(i);
              yield { call: "unlock", a: Number(mutex), payload: 0 };
            },
          };
        yield { call: "sleep", a: MS };
        yield { call: "notifyOne", a: Number(cond) };
        yield { call: "sleep", a: MS };
        yield { call: "notifyAll", a: Number(cond) };
      },
      { chooser: { choose: (point) => (point.kind === "waiter" ? pick : point.preferred) } },
    );
  }
  expect(waiters).toEqual([1, 2, 2, 1]);
});

it("the same choices give the same trace hash, other choices another", () => {
  const hash = (pick: number): string =>
    runScript(twoWorkers, {
      chooser: { choose: (point) => Math.min(pick, point.threads.length - 1) },
    }).recorder.digest();
  expect(hash(0)).toBe(hash(0));
  expect(hash(0)).not.toBe(hash(1));
});

it("the first failure counts", () => {
  const kernel = runScript(function* () {
    yield { call: "misuse", payload: "sfirst" };
    yield { call: "checkFailed", payload: "ssecond" };
  });
  expect(kernel.failure).toMatchObject({ kind: "misuse", message: "first" });
});
