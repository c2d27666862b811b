import { beforeAll, describe, expect, it } from "vitest";
import { createEngine } from "#cli";
import type { CheckBundle } from "#course";
import { grade, studySteps, tellLost, type Engine, type LostRun, type Studied } from "#grade";
import type { StepRecord } from "#machine";

const BUNDLE: CheckBundle = {
  slug: "counted",
  files: ["main.ts"],
  exports: ["add", "total"],
  budget: { runs: 50, calls: 10_000 },
  points: { both: 1, never: 1 },
  hintsFor: [],
  checks: `
import { check, expect } from "check";
import { spawn } from "std/thread";
import { add, total } from "./main";
check("both", "both threads are counted", () => {
  const workers = [spawn(add), spawn(add)];
  for (const worker of workers) worker.join();
  expect(total() === 2, "two added, and one was counted");
});
check("never", "nothing is counted", () => {
  add();
  expect(total() === 0, "something was counted");
});`,
};
const LOSES = `import { SharedCell } from "std/sync";
const value = new SharedCell(0);
export function add() {
  const seen = value.get();
  value.set(seen + 1);
}
export const total = () => value.get();`;

let engine: Engine;
let failures: readonly Studied[];
beforeAll(async () => {
  engine = await createEngine(() => {}, 1);
  failures = (await grade(engine, BUNDLE, { "main.ts": LOSES })).failures;
});

/** The engine, and how many of its programs are loaded. */
function countLoaded(): { engine: Engine; readonly loaded: number } {
  let loaded = 0;
  const counting: Engine = {
    compile: (input) => engine.compile(input),
    load(program) {
      const runnable = engine.load(program);
      loaded += 1;
      return {
        run: (options) => runnable.run(options),
        dispose() {
          loaded -= 1;
          runnable.dispose();
        },
      };
    },
  };
  return {
    engine: counting,
    get loaded() {
      return loaded;
    },
  };
}

async function study(failure: Studied | undefined, text = LOSES): Promise<LostRun | null> {
  const counted = countLoaded();
  const steps = studySteps(counted.engine, BUNDLE, { "main.ts": text }, failure ?? raise("it passes"));
  for (;;) {
    const step = await steps.next();
    if (step.done !== true) continue;
    expect(counted.loaded).toBe(0);
    return step.value;
  }
}

describe("a study of a check's failing run", () => {
  it("says from which step on it was lost: at the second read of the old value", async () => {
    const graded = await grade(engine, BUNDLE, { "main.ts": LOSES });
    const failing = graded.failures.find(({ check }) => check === "both") ?? raise("it passes");
    const lost = (await study(failing)) ?? raise("nothing was said");
    const reads = failing.steps.filter(({ text }) => text.includes("reads `value`: 0"));
    expect(reads).toHaveLength(2);
    expect(lost).toMatchObject({ step: reads[1]?.index, proved: true });
    expect(lost.sentence).toMatch(
      /^Lost from step \d+ on: every way to go on from there fails; \d+ runs prove it\.$/,
    );
    expect(lost.shares.map(({ step }) => step)).toEqual(failing.steps.map(({ index }) => index));
    for (const { step, failing: fail, runs } of lost.shares)
      expect(fail === runs, `step ${step}: ${fail} of ${runs}`).toBe(step >= lost.step);
  });

  it("says where one schedule is all there is", async () => {
    const lost = await study(failures.find(({ check }) => check === "never"));
    expect(lost).toMatchObject({ step: 0, choices: 0, proved: true });
    expect(lost?.sentence).toBe("Lost from the start: there is only one schedule, and it fails.");
  });

  it("is the same again", async () => {
    expect(await study(failures[0])).toEqual(await study(failures[0]));
  });

  it("has nothing to say of a check that is not there, and of code that does not fail so", async () => {
    const schedule = failures[0]?.schedule ?? raise("it passes");
    expect(await study({ check: "other", schedule })).toBeNull();
    expect(await study({ check: "both", schedule }, "syntax error")).toBeNull();
    const once = LOSES.replace("value.set(seen + 1)", "if (seen < 0) value.set(1)");
    expect(await study({ check: "both", schedule }, once)).toBeNull();
  });

  it("lets go of the program when it is stopped", async () => {
    const counted = countLoaded();
    const steps = studySteps(counted.engine, BUNDLE, { "main.ts": LOSES }, failures[0] ?? raise("it passes"));
    await steps.next();
    expect(counted.loaded).toBe(1);
    await steps.return(null);
    expect(counted.loaded).toBe(0);
  });
});

describe("in words", () => {
  const record = (choicesOf: readonly number[]): StepRecord => {
    const rest = { thread: 0, task: 0, actor: "main", lane: 0, timeNs: 0, text: "", preempted: false };
    const steps = choicesOf.map((_, index) => ({ index, ...rest }));
    return { steps, choicesOf, stepOf: [], words: undefined as never };
  };
  const RUN = record([0, 1, 1, 3, 4]);

  it.each([
    [3, true, 12, "Lost from step 4 on: every way to go on from there fails; 12 runs prove it."],
    [3, true, 1, "Lost from step 4 on: there is only one way to go on from there, and it fails."],
    [2, false, 38, "Lost from step 4 on: none of the 38 ways to go on from there that were tried passes."],
    [4, true, 3, "Until its last step it could have gone well."],
    [9, true, 1, "Until its last step it could have gone well."],
    [4, false, 38, "Lost from step 5 on: none of the 38 ways to go on from there that were tried passes."],
    [0, true, 12, "Lost from the start: every schedule fails; 12 runs prove it."],
    [0, true, 1, "Lost from the start: there is only one schedule, and it fails."],
    [
      0,
      false,
      140,
      "Lost from the start, as far as can be seen: none of the 140 schedules that were tried passes.",
    ],
  ])("after %i choices, proved: %s, %i ways", (certainFrom, proved, ways, sentence) => {
    const lost = { certainFrom, proved, ways, curve: [], runs: 200 };
    expect(tellLost(lost, RUN).sentence).toBe(sentence);
  });

  it("a run of one step has no step until which it could have gone well", () => {
    const lost = { certainFrom: 1, proved: true, ways: 1, curve: [], runs: 2 };
    const sentence = "Lost from step 1 on: there is only one way to go on from there, and it fails.";
    expect(tellLost(lost, record([1])).sentence).toBe(sentence);
  });

  it("a share holds for all steps up to the next one that is known", () => {
    const curve = [
      { choices: 1, failing: 4, runs: 16 },
      { choices: 4, failing: 9, runs: 9 },
    ];
    const { shares, step } = tellLost({ certainFrom: 4, proved: true, ways: 9, curve, runs: 99 }, RUN);
    expect(step).toBe(4);
    expect(shares).toEqual([
      { step: 1, failing: 4, runs: 16 },
      { step: 2, failing: 4, runs: 16 },
      { step: 3, failing: 4, runs: 16 },
      { step: 4, failing: 9, runs: 9 },
    ]);
  });
});

function raise(message: string): never {
  throw new Error(message);
}
