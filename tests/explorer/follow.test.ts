import { beforeAll, describe, expect, it } from "vitest";
import {
  describeFollowed,
  follow,
  parseSchedule,
  search,
  type Followed,
  type FollowOptions,
  type Schedule,
  type SearchFailure,
} from "#explorer";
import type { LoadedProgram, RunRules } from "#machine";
import { load } from "../engine.ts";
import { DEADLOCK, LATE_TIMER, LOST_UPDATE, TASK_ORDER, WAITER_ORDER } from "./edited-programs.ts";

const ENTRY = { kind: "main" } as const;

async function fail(code: string, rules?: Partial<RunRules>): Promise<SearchFailure> {
  const loaded = await load(code);
  const { failure } = search(loaded, {
    entry: ENTRY,
    programHash: loaded.program.hash,
    ...(rules && { rules }),
  });
  if (failure === null) throw new Error("no schedule of the old program fails");
  return failure;
}

/** Follows a schedule on a program, with or without what is known of its failure. */
function followOn(loaded: LoadedProgram, schedule: Schedule, more: Partial<FollowOptions> = {}): Followed {
  return follow(loaded, schedule, { runOptions: { entry: ENTRY }, program: loaded.program, ...more });
}

/** What is said of a family's schedule on each of its edits. `nearby`: [different runs, failing]. */
type Expected = Readonly<
  Record<string, { readonly says: string; readonly parts?: string; readonly nearby?: [number, number] }>
>;

const SAME = "The old schedule fails as before.";
const PASSES = "The old schedule no longer fails.";
const HERE = "It parts from your code here: ";
const ALL_TAKEN = "Your code still comes to every switch of it, and goes on without failing.";

function testEdits(
  title: string,
  { code, ...edits }: { readonly code: string } & Readonly<Record<string, string>>,
  { expected, rules }: { readonly expected: Expected; readonly rules?: Partial<RunRules> },
): void {
  describe(title, () => {
    let failure: SearchFailure;
    beforeAll(async () => {
      failure = await fail(code, rules);
    });

    it("fails again exactly where nothing was edited", async () => {
      const followed = followOn(await load(code), parseSchedule(failure.schedule), {
        failure: failure.outcome,
      });
      expect(followed).toMatchObject({
        isExact: true,
        verdict: "same-failure",
        parting: null,
        nearby: null,
        result: { traceHash: failure.result.traceHash, outcome: failure.outcome },
      });
    });

    it("has a schedule that is short enough to be pasted", () => {
      expect(failure.schedule.length).toBeLessThan(50);
    });

    it.each(Object.entries(edits))("says what becomes of its schedule: %s", async (name, edit) => {
      const schedule = parseSchedule(failure.schedule);
      const followed = followOn(await load(edit), schedule, { failure: failure.outcome });
      const { says, parts, nearby } = expected[name] ?? { says: "" };
      expect(describeFollowed(followed).join(" ")).toBe(says);
      if (parts !== undefined || !says.includes(HERE)) expect(followed.parting?.message).toBe(parts);
      expect(followed.nearby && [followed.nearby.runs, followed.nearby.failing]).toEqual(nearby ?? null);
      expect(followed.isExact).toBe(false);
    });
  });
}

const HAS_LOCK = (line: number) =>
  `${HERE}worker waits for \`lock\` (main.ts:${line}); in the old run it went on to its end.`;

testEdits("a lost update", LOST_UPDATE, {
  expected: {
    calls: { says: SAME },
    sameCalls: {
      says: SAME,
      parts: `${HERE}when main comes to \`set\` of \`balance\` (main.ts:5), worker is not there yet.`,
    },
    sibling: { says: SAME },
    renamed: { says: SAME },
    locked: { says: `${PASSES} ${HAS_LOCK(7)} None of 3 nearby schedules fails.`, nearby: [3, 0] },
    lockedTwice: { says: `${PASSES} ${HAS_LOCK(8)} 1 of 4 nearby schedules still fails.`, nearby: [4, 1] },
    atomic: {
      says: `${PASSES} ${HERE}main no longer comes to \`set\` of \`balance\`. The one nearby schedule passes too.`,
      nearby: [1, 0],
    },
    alone: {
      says: `${PASSES} ${HERE}when main comes to \`set\` of \`balance\` (main.ts:6), the thread that should go on does not exist. There is no schedule near it.`,
      nearby: [0, 0],
    },
    otherwise: { says: "The old schedule fails, but in another way." },
  },
});

testEdits("a deadlock of two locks without names", DEADLOCK, {
  expected: {
    more: { says: SAME },
    ordered: { says: `${PASSES} ${ALL_TAKEN} None of 2 nearby schedules fails.`, nearby: [2, 0] },
  },
});

testEdits("a task that is polled before another", TASK_ORDER, {
  expected: {
    third: { says: SAME },
    renamed: { says: SAME },
    inTurn: {
      says: `${PASSES} ${HERE}main no longer has a choice between \`one\` and another task. There is no schedule near it.`,
      nearby: [0, 0],
    },
  },
});

testEdits("a timer that fires late", LATE_TIMER, {
  rules: { clock: "late" },
  expected: {
    longer: { says: SAME },
    joins: {
      says: `${PASSES} ${HERE}main no longer comes to \`sleep\`. There is no schedule near it.`,
      nearby: [0, 0],
    },
  },
});

testEdits("a waiter that is woken before another", WAITER_ORDER, {
  expected: {
    logs: { says: SAME },
    all: { says: `${PASSES} ${ALL_TAKEN} 2 of 4 nearby schedules still fail.`, nearby: [4, 2] },
  },
});

describe("a schedule", () => {
  it("whose failure is not known is said to fail or not, no more", async () => {
    const { schedule } = await fail(LOST_UPDATE.code);
    const followed = followOn(await load(LOST_UPDATE.otherwise), parseSchedule(schedule));
    expect(followed.verdict).toBe("fails");
    expect(describeFollowed(followed)).toEqual(["The old schedule still fails."]);
  });

  it("that fails near its end has a neighbour with a schedule of its own, which replays exactly", async () => {
    const { schedule, outcome } = await fail(LOST_UPDATE.code);
    const loaded = await load(LOST_UPDATE.lockedTwice);
    const first = followOn(loaded, parseSchedule(schedule), { failure: outcome }).nearby?.first;
    const again = followOn(loaded, parseSchedule(first?.schedule ?? ""), { failure: outcome });
    expect(again).toMatchObject({ isExact: true, verdict: "same-failure" });
    expect(again.result.traceHash).toBe(first?.result.traceHash);
    expect(first?.result.trace).toBeDefined();
  });

  it("gives the same answer every time", async () => {
    const { schedule } = await fail(LOST_UPDATE.code);
    const loaded = await load(LOST_UPDATE.lockedTwice);
    const [one, two] = [0, 1].map(() => followOn(loaded, parseSchedule(schedule)));
    expect(JSON.stringify(one)).toBe(JSON.stringify(two));
  });

  it("is looked around for within its budget of runs and of calls", async () => {
    const { schedule } = await fail(LOST_UPDATE.code);
    const loaded = await load(LOST_UPDATE.locked);
    const runsWith = (budget: FollowOptions["budget"]) => {
      let runs = 0;
      const counting = {
        run: (options: Parameters<typeof loaded.run>[0]) => {
          runs += 1;
          return loaded.run(options);
        },
      };
      follow(counting, parseSchedule(schedule), {
        runOptions: { entry: ENTRY },
        program: loaded.program,
        ...(budget && { budget }),
      });
      return runs;
    };
    // One to follow, one to find its turns.
    expect(runsWith({ runsMax: 3, callsMax: 20_000 })).toBe(5);
    expect(runsWith({ runsMax: 100, callsMax: 1 })).toBe(3);
    expect(runsWith({ runsMax: 100, callsMax: 0 })).toBe(2);
  });

  it("ends where the edited program spins until another thread has acted", async () => {
    const { schedule } = await fail(LOST_UPDATE.code);
    const spins = `import { spawn } from "std/thread";
import { AtomicBool } from "std/sync";
export function main() {
  const ready = new AtomicBool(false);
  const worker = spawn(() => ready.store(true));
  while (!ready.load()) {}
  worker.join();
}`;
    const followed = followOn(await load(spins), parseSchedule(schedule));
    expect(followed.verdict).toBe("passes");
    expect(followed.parting?.message).toBe(`${HERE}main no longer comes to \`set\` of a cell.`);
  });

  it("says that another object has the name too, where the thread still comes to that one", async () => {
    const boxes = `import { spawn } from "std/thread";
import { SharedCell } from "std/sync";
class Box { readonly state = new SharedCell(0); }
export function main() {
  const [mine, ours] = [new Box(), new Box()];
  const add = ({ state }: Box) => state.set(state.get() + 1);
  const worker = spawn(() => add(ours));
  add(ours);
  worker.join();
  void mine;
  if (ours.state.get() !== 2) throw new Error("lost");
}`;
    const { schedule } = await fail(boxes);
    const edited = boxes.replace("  add(ours);", "  add(mine);").replace("!== 2", "!== 1");
    const followed = followOn(await load(edited), parseSchedule(schedule));
    expect(followed.parting?.message).toBe(
      `${HERE}main no longer comes to \`set\` of \`state\`, the one of that name that it came to in the old run.`,
    );
  });

  it("of a program that is cut decides nothing", async () => {
    const { schedule } = await fail(LOST_UPDATE.code);
    const loaded = await load(LOST_UPDATE.locked);
    const cut = { kind: "inconclusive", message: "cut", thread: -1 } as const;
    const cutting = {
      run: (options: Parameters<typeof loaded.run>[0]) => ({ ...loaded.run(options), outcome: cut }),
    };
    const followed = follow(cutting, parseSchedule(schedule), {
      runOptions: { entry: ENTRY },
      program: loaded.program,
    });
    expect(followed).toMatchObject({ verdict: "open", nearby: null });
    expect(describeFollowed(followed)[0]).toMatch(/so nothing is decided\.$/);
  });
});
