import { describe, expect, it } from "vitest";
import { CALLS } from "#abi";
import type { Program } from "#compile";
import { search, searchAll, searchTogether, type SearchOptions, type SharedSearch } from "#explorer";
import { FakeCrew } from "./fake-crew.ts";
import { idleThreads, lockOrder, lostUpdate, ModelMachine, spinWait, type Model } from "./model.ts";

/** Three threads, of which the last fails the run where it comes before the first in most rounds: found by chance only. */
function rare(least: number): Model {
  const step = (own: number) => ({
    call: CALLS.yieldNow,
    act: (memory: Map<string, number>) => {
      if (memory.get("last") === 1 - own) memory.set("switches", (memory.get("switches") ?? 0) + 1);
      memory.set("last", own);
    },
  });
  return {
    threads: [0, 1].map((own) => Array.from({ length: 24 }, () => step(own))),
    judge: (memory) => ((memory.get("switches") ?? 0) >= least ? "check-failed" : "passed"),
  };
}

/** Passes under the default schedule, reaches a bound under some others. */
const undecided: Model = {
  ...rare(3),
  judge: (memory) => ((memory.get("switches") ?? 0) >= 20 ? "inconclusive" : "passed"),
};

const passes = () => "passed" as const;

/** Two more steps in front, so that a search is long enough to be shared. */
const CASES: readonly (readonly [title: string, model: Model, options: Partial<SearchOptions>])[] = [
  ["a program that passes", { threads: idleThreads(3, 12) }, {}],
  ["a program with few schedules", { threads: idleThreads(2, 2) }, {}],
  ["a failure that the systematic part finds", lostUpdate(2), {}],
  ["a deadlock", lockOrder(), {}],
  ["a failure that chance finds early", rare(28), {}],
  ["a failure that chance finds late", rare(33), { seed: 4 }],
  ["a failure that chance finds past the budget", rare(46), {}],
  ["runs that reach a bound", undecided, {}],
  ["a spin-wait", spinWait(), {}],
  [
    "a budget of kernel calls that ends in the middle of a piece",
    { threads: idleThreads(3, 12) },
    { callsMax: 7_001 },
  ],
  [
    "a budget of kernel calls that the systematic part uses",
    { threads: idleThreads(3, 12) },
    { callsMax: 400 },
  ],
  ["a budget of three runs", { threads: idleThreads(3, 12) }, { runsMax: 3 }],
  ["late timers that make no difference", { threads: idleThreads(3, 12), judgeLate: passes }, {}],
  ["late timers of a program with few schedules", { threads: idleThreads(2, 2), judgeLate: passes }, {}],
  ["a failure with late timers only", { ...rare(46), judgeLate: rare(5).judge! }, {}],
  ["a failure with and without late timers", { ...rare(33), judgeLate: rare(5).judge! }, { seed: 4 }],
  [
    "a budget of kernel calls that leaves little for late timers",
    { threads: idleThreads(3, 12), judgeLate: passes },
    { callsMax: 1_001 },
  ],
  ["the strategy random", rare(33), { strategy: "random" }],
  ["the strategy bounded", { threads: idleThreads(2, 12) }, { strategy: "bounded" }],
  ["the strategy fifo", { threads: idleThreads(2, 12) }, { strategy: "fifo" }],
];

const MODELS = new Map(CASES.map(([title, model]) => [title, model]));

function programOf(title: string): Program {
  return { code: title, hash: "0a1b2c3d".padEnd(64, "0"), sites: [], hidden: [], mappings: [], sources: [] };
}

/** A mate knows a program by what it is sent: a copy. */
function load({ code }: Program): ModelMachine {
  return new ModelMachine(MODELS.get(code) ?? { threads: [] });
}

function searchOf([title, , options]: (typeof CASES)[number]): SharedSearch {
  const program = programOf(title);
  const found = { entry: { kind: "main" }, programHash: program.hash, ...options } as const;
  return { runnable: load(program), program, title, options: found };
}

describe("the result of a search does not depend on who helps:", () => {
  it.each(CASES)("%s", async (...one) => {
    const { runnable, options } = searchOf(one);
    const alone = search(runnable, options);
    for (const size of [1, 2, 5])
      for (const seed of [1, 2, 3])
        for (const slowness of [1, 400]) {
          const crew = new FakeCrew({ size, seed, slowness, load });
          expect(await searchTogether(searchOf(one), crew)).toEqual(alone);
        }
  });

  it("several searches at once, in whatever order their parts come back", async () => {
    const alone = CASES.map((one) => search(searchOf(one).runnable, searchOf(one).options));
    for (const size of [0, 1, 3, 8]) {
      const crew = new FakeCrew({ size, seed: size, slowness: 200, load });
      expect(await runAll(CASES.map(searchOf), crew)).toEqual(alone);
    }
  });

  it("a machine that does not repeat itself", async () => {
    let runs = 0;
    const machine = new ModelMachine({ threads: idleThreads(2, 2), noise: () => runs++ });
    const found = await searchTogether({ ...searchOf(CASES[0]!), runnable: machine });
    expect(found).toMatchObject({ outcome: { kind: "nondeterministic" }, runs: 2 });
  });
});

async function runAll(searches: readonly SharedSearch[], crew?: FakeCrew) {
  const steps = searchAll(searches, crew);
  for (;;) {
    const step = await steps.next();
    if (step.done === true) return step.value;
  }
}

describe("a crew", () => {
  const LONG = CASES[0]!;

  it("is not asked for help with a short search", async () => {
    const crew = new FakeCrew({ size: 2, load });
    await searchTogether(searchOf(CASES[1]!), crew);
    expect(crew.parts).toEqual([]);
  });

  it("takes the sampled part of a single search, and whole searches where there are several", async () => {
    const crew = new FakeCrew({ size: 2, load });
    await searchTogether(searchOf(LONG), crew);
    expect(new Set(crew.parts)).toEqual(new Set(["sampled"]));
    const other = new FakeCrew({ size: 2, load });
    await runAll([LONG, LONG, LONG, LONG].map(searchOf), other);
    expect(other.parts.filter((kind) => kind === "systematic").length).toBeGreaterThan(0);
  });

  it("that is lost while it works changes nothing", async () => {
    const alone = search(searchOf(LONG).runnable, searchOf(LONG).options);
    const crew = new FakeCrew({ size: 3, slowness: 20, load });
    const searches = [LONG, LONG, LONG].map(searchOf);
    const steps = searchAll(searches, crew);
    for (let heard = 0; ; heard++) {
      if (heard === 100 || heard === 260) crew.mates.pop()?.lose();
      const step = await steps.next();
      if (step.done !== true) continue;
      expect(step.value).toEqual([alone, alone, alone]);
      return;
    }
  });

  it("that cannot load a program leaves the work to the thread that asked", async () => {
    const crew = new FakeCrew({
      size: 2,
      load: () => {
        throw new Error("no memory");
      },
    });
    const alone = search(searchOf(LONG).runnable, searchOf(LONG).options);
    expect(await searchTogether(searchOf(LONG), crew)).toEqual(alone);
    expect(crew.idle()).toEqual([]);
  });

  it("lets go of its work when the search is stopped, and can be used again", async () => {
    const crew = new FakeCrew({ size: 2, load });
    const steps = searchAll([LONG, LONG].map(searchOf), crew);
    while (crew.parts.length === 0) await steps.next();
    await steps.return([]);
    expect(crew.mates.some((mate) => mate.isInVain)).toBe(true);
    for (let i = 0; i < 1_000; i++) await Promise.resolve();
    expect(crew.idle()).toHaveLength(2);
  });
});
