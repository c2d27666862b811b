import { describe, expect, it } from "vitest";
import { exitCodeOf, grade, gradeSteps, runDemo } from "#grade";
import { busyThreads, idleThreads, lockOrder, lostUpdate } from "../explorer/model.ts";
import { BUNDLE, FakeEngine, SUBMISSION, type FakeSetup } from "./fake-engine.ts";

const PASSING = { id: "exact", title: "The count is exact", model: { threads: busyThreads(2, 9) } };
const RACY = { ...PASSING, model: lostUpdate(2) };
const DEADLOCKED = { id: "orderly", title: "Both get both locks", hint: "its own hint", model: lockOrder() };
const ORDERLY = { ...DEADLOCKED, model: { threads: idleThreads(3, 1) } };

function gradeWith(setup: FakeSetup, options = {}) {
  return grade(new FakeEngine(setup), BUNDLE, SUBMISSION, options);
}

describe("a verdict", () => {
  it("of a failing submission has the fields of DESIGN 9 and nothing else", async () => {
    const { verdict } = await gradeWith({ checks: [RACY, DEADLOCKED] });
    expect(verdict).toEqual({
      exercise: "counter",
      status: "fail",
      score: 0,
      maxScore: 3,
      checks: [
        {
          id: "exact",
          title: "The count is exact",
          status: "fail",
          points: 0,
          maxPoints: 2,
          message: "the model ended in check-failed",
          hint: "Two threads may read before either writes.",
          schedule: "il2.1a334c04.AgEAAQAAAAKqtQE",
          runs: 5,
          complete: false,
        },
        {
          id: "orderly",
          title: "Both get both locks",
          status: "fail",
          points: 0,
          maxPoints: 1,
          message: "Deadlock: the model ended in deadlock",
          hint: "Somebody holds what somebody else wants.",
          schedule: "il2.1a334c04.AgEAAQAAAAKqtQE",
          runs: 5,
          complete: false,
        },
      ],
      verdictHash: "e39c7ed67b4a2a40da4af14de1d058661f004add284625b6c36f99f49a84b172",
    });
  });

  it("of a passing submission has neither message nor hint nor schedule", async () => {
    const { verdict, failures } = await gradeWith({ checks: [PASSING, ORDERLY] });
    expect(verdict).toEqual({
      exercise: "counter",
      status: "pass",
      score: 3,
      maxScore: 3,
      checks: [
        {
          id: "exact",
          title: PASSING.title,
          status: "pass",
          points: 2,
          maxPoints: 2,
          runs: 40,
          complete: true,
        },
        {
          id: "orderly",
          title: ORDERLY.title,
          status: "pass",
          points: 1,
          maxPoints: 1,
          runs: 8,
          complete: true,
        },
      ],
      verdictHash: "a8f5b6cf117c1a1ac517d9d101c8c8727475247948d332ef1790efc42b0d5370",
    });
    expect(failures).toEqual([]);
  });

  it("gives the points of the checks that pass", async () => {
    const { verdict } = await gradeWith({ checks: [PASSING, DEADLOCKED] });
    expect(verdict).toMatchObject({ status: "fail", score: 2, maxScore: 3 });
  });

  it("counts an undecided check as not passed, and helps with it", async () => {
    const undecided = {
      ...PASSING,
      hint: "its own",
      model: { threads: idleThreads(1, 1), judge: () => "inconclusive" as const },
    };
    const { verdict } = await gradeWith({ checks: [undecided] });
    const check = {
      status: "inconclusive",
      message: "Undecided: the model ended in inconclusive",
      hint: "its own",
    };
    expect(verdict).toMatchObject({ status: "fail", score: 0, checks: [check] });
    expect(verdict.checks[0]).not.toHaveProperty("schedule");
  });

  it("over a machine that does not repeat itself is our error, whatever else failed", async () => {
    let runs = 0;
    const noisy = { ...PASSING, model: { threads: idleThreads(2, 2), noise: () => runs++ } };
    const { verdict } = await gradeWith({ checks: [DEADLOCKED, noisy] });
    expect(verdict).toMatchObject({
      status: "infra-error",
      checks: [{ status: "fail" }, { status: "error" }],
    });
  });

  it("includes private checks only where the bundle has them", async () => {
    const setup = { checks: [PASSING], privateChecks: [{ id: "secret", model: lostUpdate(2) }] };
    const engine = new FakeEngine(setup);
    const { verdict } = await grade(engine, { ...BUNDLE, privateChecks: "private" }, SUBMISSION);
    expect(verdict).toMatchObject({ status: "fail", score: 2, maxScore: 7 });
    expect((await gradeWith(setup)).verdict).toMatchObject({ status: "pass", maxScore: 2 });
  });
});

describe("the verdict hash", () => {
  it("is the same for the same submission", async () => {
    const first = await gradeWith({ checks: [RACY, DEADLOCKED] });
    expect(await gradeWith({ checks: [RACY, DEADLOCKED] })).toEqual(first);
  });

  const base: FakeSetup = { checks: [RACY] };
  const others: [what: string, setup: FakeSetup, options: object][] = [
    ["a check's id", { checks: [{ ...RACY, id: "other" }] }, {}],
    ["the outcome", { checks: [{ ...RACY, model: lockOrder() }] }, {}],
    ["the schedule", { checks: [RACY] }, { strategy: "random", seed: 3 }],
    ["the number of checks", { checks: [RACY, ORDERLY] }, {}],
  ];
  it.each(others)("changes with %s", async (_, setup, options) => {
    const { verdict } = await gradeWith(base);
    expect((await gradeWith(setup, options)).verdict.verdictHash).not.toBe(verdict.verdictHash);
  });

  it("changes with the traces of runs that pass", async () => {
    const one = await gradeWith({ checks: [PASSING] }, { seed: 1 });
    const two = await gradeWith({ checks: [PASSING] }, { seed: 2 });
    expect({ ...one.verdict, verdictHash: "" }).toEqual({ ...two.verdict, verdictHash: "" });
    expect(one.verdict.verdictHash).not.toBe(two.verdict.verdictHash);
  });

  it("does not change with titles and hints", async () => {
    const { verdict } = await gradeWith(base);
    const retold = await gradeWith({ checks: [{ ...RACY, title: "Another title" }] });
    expect(retold.verdict.verdictHash).toBe(verdict.verdictHash);
  });
});

describe("a submission that cannot be graded", () => {
  it("lacks a file", async () => {
    const { verdict } = await grade(new FakeEngine({}), BUNDLE, { "other.ts": "" });
    expect(verdict).toMatchObject({ status: "ungradable", score: 0, maxScore: 8, checks: [] });
    expect(verdict.diagnostics).toEqual([
      expect.objectContaining({ kind: "input", message: "The submission has no file `main.ts`." }),
    ]);
  });

  it("does not compile", async () => {
    const diagnostics = [
      { kind: "syntax", message: "Expected }", place: { file: "main.ts", line: 3, column: 1 } },
    ] as const;
    const { verdict } = await gradeWith({ compiles: { ok: false, diagnostics } });
    expect(verdict).toMatchObject({ status: "ungradable", diagnostics });
  });

  it("throws on load, with the place in its own file", async () => {
    const place = { file: "main.ts", line: 7, column: 3 };
    const list = { kind: "panic", message: "TypeError: no", thread: 0, place } as const;
    const engine = new FakeEngine({ checks: [PASSING], list });
    const { verdict } = await grade(engine, BUNDLE, SUBMISSION);
    const message = "The program does not start. Panic: TypeError: no (main.ts:7:3)";
    expect(verdict.diagnostics).toEqual([expect.objectContaining({ kind: "load", message, place })]);
    expect(engine.loaded).toBe(0);
  });

  it("is never shown a place in the hidden checks", async () => {
    const place = { file: "checks.ts", line: 7, column: 3 };
    const list = { kind: "panic", message: "TypeError: no", thread: 0, place } as const;
    const { verdict } = await gradeWith({ checks: [PASSING], list });
    expect(JSON.stringify(verdict)).not.toContain("checks.ts");
  });
});

describe("an exercise with a mistake of its author", () => {
  const setups: [title: string, setup: FakeSetup, message: string][] = [
    ["two checks of one id", { checks: [PASSING, PASSING] }, "two checks called `exact`"],
    ["no checks", { checks: [] }, "registers no checks"],
  ];
  it.each(setups)("such as %s is an error, not a verdict", async (_, setup, message) => {
    await expect(gradeWith(setup)).rejects.toThrow(message);
  });
});

describe("grading", () => {
  it("hands the compiler the hidden checks and the exports that main.ts must have", async () => {
    const engine = new FakeEngine({ checks: [PASSING] });
    await grade(engine, BUNDLE, SUBMISSION);
    expect(engine.inputs).toEqual([
      {
        files: SUBMISSION,
        hidden: { "checks.ts": "public" },
        entry: "checks.ts",
        exports: { file: "main.ts", names: ["count"] },
      },
    ]);
  });

  it("hands each run its check's rules and its bound on kernel calls", async () => {
    const engine = new FakeEngine({ checks: [{ ...PASSING, rules: { mayLeave: true }, callsMax: 270 }] });
    await grade(engine, BUNDLE, SUBMISSION);
    expect(engine.options.at(-1)).toMatchObject({ rules: { mayLeave: true }, limits: { callsMax: 270 } });
  });

  const budgets: [title: string, check: object, options: object, runs: number][] = [
    ["the exercise's", {}, {}, 40],
    ["the check's before the exercise's", { runsMax: 12 }, {}, 12],
    ["the caller's before all", { runsMax: 12 }, { runs: 50 }, 50],
  ];
  it.each(budgets)("keeps a budget: %s", async (_, check, options, runs) => {
    const { verdict } = await gradeWith({ checks: [{ ...PASSING, ...check }] }, options);
    expect(verdict.checks[0]?.runs).toBe(runs);
  });

  it("yields before each check and after each run where it is", async () => {
    const engine = new FakeEngine({ checks: [ORDERLY, RACY] });
    const seen: string[] = [];
    for await (const { check, number, checks, runs, of, kernelCalls, failed } of gradeSteps(
      engine,
      BUNDLE,
      SUBMISSION,
    )) {
      seen.push(`${check} ${number}/${checks} ${runs}/${of} ${kernelCalls} ${failed}`);
    }
    expect(seen).toHaveLength(15);
    expect(seen.slice(0, 2)).toEqual(["orderly 1/2 0/0 0 0", "orderly 1/2 1/40 3 0"]);
    expect(seen.at(-1)).toBe("exact 2/2 5/40 20 1");
    expect(seen.at(-2)).toBe("exact 2/2 4/40 16 0");
  });

  it("lets go of what it loaded when it is stopped", async () => {
    const engine = new FakeEngine({ checks: [PASSING] });
    const steps = gradeSteps(engine, BUNDLE, SUBMISSION);
    await steps.next();
    expect(engine.loaded).toBe(1);
    await steps.return(undefined as never);
    expect(engine.loaded).toBe(0);
  });

  it("tells of a failure what the page shows", async () => {
    const { failures, details, verdict } = await gradeWith({ checks: [{ ...RACY, explain: "why" }] });
    const proof =
      "The program fails on a schedule with 1 preemption; every schedule without a preemption passes (2 runs).";
    expect(failures).toEqual([
      expect.objectContaining({ check: "exact", strategy: "bounded", run: 5, preemptions: 1, proof }),
    ]);
    expect(failures[0]?.schedule).toBe(verdict.checks[0]?.schedule);
    expect(details).toEqual([
      { id: "exact", explain: "why", proof, calls: 20, failure: failures[0], warnings: [] },
    ]);
  });
});

it.each([
  ["main.ts", true],
  ["checks.ts", false],
])("a failure in %s tells its place: %s", async (file, told) => {
  const place = { file, line: 7, column: 3 };
  const { failures } = await gradeWith({ checks: [{ ...RACY, place }] });
  expect(failures[0]?.outcome.place).toEqual(told ? place : undefined);
});

it("a check that passes is run once more to be looked at, only where that is asked for, and the verdict is the same", async () => {
  const plain = await gradeWith({ checks: [PASSING, DEADLOCKED] });
  const shown = await gradeWith({ checks: [PASSING, DEADLOCKED] }, { showPassing: true });
  expect(plain.details.map((detail) => "passing" in detail)).toEqual([false, false]);
  expect(shown.details.map((detail) => "passing" in detail)).toEqual([true, false]);
  expect(shown.verdict).toEqual(plain.verdict);
});

it("each verdict status has its exit code", () => {
  const codes = (["pass", "fail", "ungradable", "infra-error"] as const).map(exitCodeOf);
  expect(codes).toEqual([0, 1, 2, 3]);
});

it("a demo is compiled from demo.ts without hidden files and run once, recorded", async () => {
  const engine = new FakeEngine({});
  const files = { ...SUBMISSION, "demo.ts": "count();" };
  const ran = await runDemo(engine, files);
  expect(ran).toMatchObject({ ok: true, result: { outcome: { kind: "passed" } } });
  expect(engine.inputs).toEqual([{ files, entry: "demo.ts" }]);
  expect(engine.options).toEqual([expect.objectContaining({ entry: { kind: "demo" }, record: true })]);
  expect(engine.loaded).toBe(0);
});
