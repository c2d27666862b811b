import { describe, expect, it } from "vitest";
import {
  createPct,
  createPos,
  createRandom,
  createUniform,
  FAIR_AFTER,
  learnedFrom,
  pctBound,
} from "#explorer";
import type { Learned, Sampler } from "#explorer";
import type { Script } from "../kernel/fake-guest.ts";
import {
  CELL,
  get,
  orderOf,
  program,
  repeat,
  resultOf,
  runSmall,
  set,
  type SmallRun,
  thread,
} from "./small-programs.ts";

const RUNS = 2_000;

function learn(main: Script): Learned {
  return learnedFrom(resultOf(runSmall(main, { choose: (point) => point.preferred })));
}

function sample(main: Script, sampler: Sampler, runs = RUNS): SmallRun[] {
  return Array.from({ length: runs }, (_, run) => runSmall(main, sampler.chooser(run)));
}

/** The share of runs in which the calls on cells are made in an order that `isBug` knows. */
function shareOf(main: Script, sampler: Sampler, isBug: (order: string) => boolean): number {
  const found = sample(main, sampler).filter((run) => isBug(orderOf(run, "cellGet", "cellSet")));
  return found.length / RUNS;
}

/** Pearson's statistic of how far the counts are from equal ones. */
function chiSquare(counts: ReadonlyMap<string, number>, classes: number, total: number): number {
  const expected = total / classes;
  const seen = [...counts.values()].reduce(
    (sum, count) => sum + ((count - expected) * (count - expected)) / expected,
    0,
  );
  return seen + (classes - counts.size) * expected;
}

function countOrders(runs: readonly SmallRun[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const run of runs) {
    const order = orderOf(run, "cellGet", "cellSet");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  return counts;
}

/** Threads with one step, with many, with a write and a read of the same cell. */
const INDEPENDENT = program(repeat(2, CELL), thread(...repeat(2, set(1))), thread(...repeat(4, set(2))));
const IRRELEVANT = 20;
/** The bug: the write comes last, behind every step of the other thread. */
const LATE_WRITE = program(repeat(2, CELL), thread(...repeat(IRRELEVANT, get(1)), get(2)), thread(set(2)));
const isLast = (order: string): boolean => order.endsWith("2");

const READ_WRITE = program([CELL], thread(get(1), set(1)), thread(get(1), set(1)));
/** Depth 1: thread 2 first. Depth 2: both read before one writes. Depth 3: reads and writes strictly in turn. */
const isSecondFirst = (order: string): boolean => order.startsWith("2");
const isLostUpdate = (order: string): boolean => order !== "1122" && order !== "2211";
const isInTurn = (order: string): boolean => order === "1212" || order === "2121";

describe("learning", () => {
  it("counts the steps of each thread, also of those who went on because no other could", () => {
    expect(learn(INDEPENDENT)).toEqual({ threads: 3, choices: 2, eventsOf: [1, 2, 4] });
    expect(learn(program([CELL], thread(get(1), get(1), get(1))))).toMatchObject({
      choices: 0,
      eventsOf: [1, 3],
    });
  });
});

describe("the samplers", () => {
  const learned = learn(READ_WRITE);
  const SAMPLERS: Sampler[] = [
    createRandom(1),
    createUniform(1, learned),
    createPos(1),
    createPct(1, learned),
  ];

  it.each(SAMPLERS.map((sampler) => [sampler.name, sampler] as const))(
    "%s makes a run from the seed and its number alone, and different ones from others",
    (_name, sampler) => {
      const picks = (run: number): string => runSmall(READ_WRITE, sampler.chooser(run)).picks;
      const forward = [0, 1, 2, 3, 4, 5, 6, 7].map(picks);
      expect([7, 6, 5, 4, 3, 2, 1, 0].map(picks).toReversed()).toEqual(forward);
      expect(new Set(forward).size).toBeGreaterThan(2);
    },
  );

  it.each(SAMPLERS.map((sampler) => [sampler.name, sampler] as const))(
    "%s ends a spin-wait, with and without a yield, and picks numbers, waiters and tasks of all kinds",
    (_name, sampler) => {
      const spin: Script = function* () {
        while ((yield get(1)).reply === 0);
      };
      const polite: Script = function* () {
        while ((yield get(1)).reply === 0) yield { call: "yieldNow" };
      };
      const main = program([CELL], spin, polite, thread(...repeat(3, get(1)), set(1)));
      const lengths = sample(main, sampler, 20).map((run) => {
        expect(run.kernel.failure).toBeNull();
        return run.kernel.choices.length;
      });
      expect(Math.max(...lengths)).toBeLessThan(FAIR_AFTER + 200);
      const numbers = sample(thread({ call: "pick", a: 3 }), sampler, 60).map((run) => run.picks);
      expect(new Set(numbers)).toEqual(new Set(["0", "1", "2"]));
    },
  );
});

describe("the uniform walk", () => {
  it("draws every schedule of independent threads with the same probability", () => {
    // 6! / (2! 4!) = 15 schedules; with 14 degrees of freedom 36.1 is exceeded by chance once in a thousand times.
    const counts = countOrders(sample(INDEPENDENT, createUniform(3, learn(INDEPENDENT))));
    expect(counts.size).toBe(15);
    expect(chiSquare(counts, 15, RUNS)).toBeLessThan(36.1);
  });

  it("does so where a random walk does not", () => {
    expect(chiSquare(countOrders(sample(INDEPENDENT, createRandom(3))), 15, RUNS)).toBeGreaterThan(500);
  });

  it("goes on where threads are more, or make more steps, than was learned", () => {
    const learned = { threads: 1, choices: 0, eventsOf: [1] };
    expect(countOrders(sample(INDEPENDENT, createUniform(3, learned))).size).toBe(15);
  });

  it("finds a write behind 21 reads in one of 22 runs, a random walk hardly ever", () => {
    const share = shareOf(LATE_WRITE, createUniform(5, learn(LATE_WRITE)), isLast);
    expect(share).toBeGreaterThan(0.7 / (IRRELEVANT + 2));
    expect(share).toBeLessThan(1.4 / (IRRELEVANT + 2));
    expect(shareOf(LATE_WRITE, createRandom(5), isLast)).toBeLessThan(0.002);
  });
});

describe("partial order sampling", () => {
  it("decides an order by priorities alone: a write comes behind 21 reads where it draws the lowest of 22", () => {
    const share = shareOf(LATE_WRITE, createPos(5), isLast);
    expect(share).toBeGreaterThan(0.7 / (IRRELEVANT + 2));
    expect(share).toBeLessThan(1.4 / (IRRELEVANT + 2));
  });

  it("draws again after a conflict: each order of n conflicting steps comes with probability 1 / n! at least", () => {
    const counts = countOrders(
      sample(program([CELL], thread(set(1), set(1)), thread(set(1), set(1))), createPos(2)),
    );
    expect([...counts.keys()].toSorted()).toEqual(["1122", "1212", "1221", "2112", "2121", "2211"]);
    for (const [order, count] of counts) expect(count / RUNS, order).toBeGreaterThan(1 / 24);
  });
});

describe("PCT", () => {
  const learned = learn(READ_WRITE);

  it("finds a bug of depth d with probability 1 / (n k^(d-1)) a run at least", () => {
    expect(learned).toMatchObject({ threads: 3, eventsOf: [1, 2, 2] });
    for (const [depth, isBug] of [isSecondFirst, isLostUpdate, isInTurn].entries()) {
      const bound = pctBound(learned, depth + 1);
      expect(bound).toBeCloseTo(1 / (3 * [1, 5, 25][depth]!), 12);
      expect(shareOf(READ_WRITE, createPct(4, learned, depth + 1), isBug)).toBeGreaterThan(bound);
    }
  });

  it("finds nothing deeper than it looks", () => {
    expect(shareOf(READ_WRITE, createPct(4, learned, 1), isLostUpdate)).toBe(0);
    expect(shareOf(READ_WRITE, createPct(4, learned, 2), isInTurn)).toBe(0);
  });

  it("looks for depths 2 to 5 in turn unless told", () => {
    for (const run of [0, 1, 2, 3, 4, 9]) {
      const depth = 2 + (run % 4);
      const [turn, told] = [createPct(4, learned), createPct(4, learned, depth)].map(
        (sampler) => runSmall(LATE_WRITE, sampler.chooser(run)).picks,
      );
      expect(turn).toBe(told);
    }
  });

  it("decides between two threads once, however many steps one of them has", () => {
    expect(shareOf(LATE_WRITE, createPct(6, learn(LATE_WRITE), 1), isLast)).toBeCloseTo(0.5, 1);
  });
});
