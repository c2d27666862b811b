import { describe, expect, it } from "vitest";
import { Bounded, FAIR_AFTER } from "#explorer";
import { idleThreads, ModelMachine, spinWait, type Model } from "./model.ts";

const ENTRY = { kind: "main" } as const;

/** Runs `bounded` to its end and returns what it ran and what it claims. */
function enumerate(model: Model, preemptions: number) {
  const machine = new ModelMachine(model);
  const strategy = new Bounded(preemptions);
  for (let chooser = strategy.begin(); chooser !== undefined; chooser = strategy.begin()) {
    machine.run({ entry: ENTRY, chooser });
    expect(strategy.end()).toBe(true);
  }
  return { orders: machine.orders, coverage: strategy.coverage() };
}

describe("bounded", () => {
  // Counted by hand: interleavings of threads whose steps are all visible, by the preemptions they need.
  const counts: [threads: number, steps: number, preemptions: number, schedules: number][] = [
    [1, 3, 0, 1],
    [2, 2, 0, 2],
    [2, 2, 1, 4],
    [2, 2, 2, 6],
    [2, 2, 9, 6],
    [2, 3, 0, 2],
    [2, 3, 1, 6],
    [2, 3, 9, 20],
    [3, 1, 0, 6],
    [3, 2, 0, 6],
    [3, 2, 9, 90],
    [2, 5, 9, 252],
  ];
  it.each(counts)(
    "%i threads of %i steps have with at most %i preemptions exactly %i schedules",
    (n, k, c, want) => {
      const { orders, coverage } = enumerate({ threads: idleThreads(n, k) }, c);
      expect(orders).toHaveLength(want);
      expect(new Set(orders).size).toBe(want);
      expect(coverage.schedules).toBe(want);
    },
  );

  it("runs schedules with fewer preemptions first", () => {
    const { orders } = enumerate({ threads: idleThreads(2, 2) }, 2);
    expect(orders).toEqual(["0011", "1100", "0110", "1001", "0101", "1010"]);
  });

  it("says that it covered everything exactly where no schedule is left above its bound", () => {
    expect(enumerate({ threads: idleThreads(2, 2) }, 1).coverage).toEqual({
      preemptions: 1,
      schedules: 4,
      everything: false,
    });
    expect(enumerate({ threads: idleThreads(2, 2) }, 2).coverage).toEqual({
      preemptions: 2,
      schedules: 6,
      everything: true,
    });
    expect(enumerate({ threads: idleThreads(3, 1) }, 0).coverage).toEqual({
      preemptions: 0,
      schedules: 6,
      everything: true,
    });
  });

  it("counts a waiter that is not the default as one preemption", () => {
    const model: Model = { threads: idleThreads(1, 1), waiters: 3 };
    expect(enumerate(model, 0).orders).toEqual(["00"]);
    expect(enumerate(model, 1).orders.sort()).toEqual(["00", "01", "02"]);
  });

  it("ends a spin-wait by chance and then claims no coverage", () => {
    const { orders, coverage } = enumerate(spinWait(), 0);
    expect(orders[0]?.length).toBeGreaterThan(FAIR_AFTER);
    expect(orders[0]?.length).toBeLessThan(FAIR_AFTER + 100);
    expect(coverage.preemptions).toBe(-1);
  });

  it("notices a program that asks other questions than before", () => {
    const strategy = new Bounded(0);
    const first = strategy.begin();
    new ModelMachine({ threads: idleThreads(2, 1) }).run({ entry: ENTRY, chooser: first ?? raise() });
    expect(strategy.end()).toBe(true);
    const second = strategy.begin();
    new ModelMachine({ threads: idleThreads(3, 1) }).run({ entry: ENTRY, chooser: second ?? raise() });
    expect(strategy.end()).toBe(false);
  });
});

function raise(): never {
  throw new Error("the strategy has no schedule left");
}
