import { CALLS } from "#abi";
import { describe, expect, it } from "vitest";
import { dispatch } from "#cli";
import { parseSchedule } from "#explorer";
import { createExerciseFiles, INFO } from "../course/memory-files.ts";
import { idleThreads, lockOrder, lostUpdate, type Model } from "../explorer/model.ts";
import { FakeEngine } from "../grade/fake-engine.ts";
import { createWorld, runCommand } from "./world.ts";

const GOOD: Model = { threads: idleThreads(2, 2) };
const CHECKS = [
  { id: "exact", title: "The count is exact", model: GOOD },
  { id: "quick", title: "It is quick", model: GOOD },
];

/** An engine for the small exercise, whose answers differ by the text of `main.ts`. */
class AnswerEngine extends FakeEngine {
  readonly #race: Model;

  constructor(setup: ConstructorParameters<typeof FakeEngine>[0], race: Model = lostUpdate(2)) {
    super(setup);
    this.#race = race;
  }

  override load(program: Parameters<FakeEngine["load"]>[0]) {
    const racy = program.code.includes("racy") || program.code.includes("starter");
    return new FakeEngine({
      checks: CHECKS.map((check) => (racy && check.id === "exact" ? { ...check, model: this.#race } : check)),
    }).load(program);
  }
}

/** Two threads of `steps` each; fails where at least `switches` times the other one goes on. */
function alternating(steps: number, switches: number): Model {
  const step = (own: number) => ({
    call: CALLS.yieldNow,
    act: (memory: Map<string, number>) => {
      if (memory.get("last") === 1 - own) memory.set("switches", (memory.get("switches") ?? 0) + 1);
      memory.set("last", own);
    },
  });
  return {
    threads: [0, 1].map((own) => Array.from({ length: steps / 2 }, () => step(own))),
    judge: (memory) => ((memory.get("switches") ?? 0) >= switches ? "check-failed" : "passed"),
  };
}

/** An engine whose only program is a model, run by `main()`. */
class ProgramEngine extends FakeEngine {
  readonly #model: Model;

  constructor(model: Model) {
    super({});
    this.#model = model;
  }

  override load(program: Parameters<FakeEngine["load"]>[0]) {
    const loaded = new FakeEngine({ checks: [{ id: "main", model: this.#model }] }).load(program);
    return {
      ...loaded,
      run: (options: Parameters<typeof loaded.run>[0]) =>
        loaded.run({ ...options, entry: { kind: "check", index: 0 } }),
    };
  }
}

const USER = {
  "good/main.ts": "solution",
  "bad/main.ts": "racy",
  "racy.ts": "racy",
  "a.ts": "export function main() {}",
};

describe("check", () => {
  const engine = new AnswerEngine({});
  const lines: [line: string, code: number, status: string][] = [
    ["check counter --submission good", 0, "pass"],
    ["check counter --submission good --json", 0, "pass"],
    ["check counter --submission bad", 1, "fail"],
    ["check counter --submission racy.ts", 1, "fail"],
    ["check counter", 1, "fail"],
    ["check counter --submission good --runs 20 --seed 7 --strategy random --private", 0, "pass"],
  ];
  it.each(lines)("%s has exit code %i: %s", async (line, code, status) => {
    expect(await runCommand(line, { user: USER, engine })).toMatchObject({
      code,
      json: { exercise: "counter", status },
    });
  });

  it("tells people the message, the schedule and what is proved", async () => {
    const { text } = await runCommand("check counter --submission bad", { user: USER, engine });
    expect(text).toContain("counter: fail, 1 of 3 points");
    expect(text).toContain("FAIL  exact: The count is exact (0/2)\n      the model ended in check-failed\n");
    expect(text).toMatch(/Schedule: il2\.[0-9a-f]{8}\./);
    expect(text).toContain("pass  quick: It is quick (1/1)\n      Every schedule passes (6 runs).\n");
    expect(text).toMatch(/\nverdict [0-9a-f]{64}$/);
  });

  it("hands its options on", async () => {
    const line = "check counter --submission good --runs 20 --seed 7 --strategy random";
    const { json } = await runCommand(line, { user: USER, engine });
    expect(json).toMatchObject({
      checks: [
        { runs: 20, complete: false },
        { runs: 20, complete: false },
      ],
    });
    const other = await runCommand(line.replace("7", "8"), { user: USER, engine });
    expect(other.json).not.toEqual(json);
  });

  it("of a submission that does not compile has exit code 2 and the place", async () => {
    const diagnostics = [
      { kind: "syntax", message: "Expected }", place: { file: "main.ts", line: 3, column: 1 } },
    ] as const;
    const broken = new FakeEngine({ compiles: { ok: false, diagnostics } });
    const report = await runCommand("check counter --submission good", { user: USER, engine: broken });
    expect(report).toMatchObject({ code: 2, json: { status: "ungradable", diagnostics } });
    expect(report.text).toContain("main.ts:3:1: Expected }");
  });

  it("of a folder without the exercise's files has exit code 2", async () => {
    const report = await runCommand("check counter --submission other", {
      user: { "other/x.ts": "" },
      engine,
    });
    expect(report).toMatchObject({ code: 2, json: { status: "ungradable" } });
  });

  it("of a machine that does not repeat itself has exit code 3", async () => {
    let runs = 0;
    const noisy = new FakeEngine({ checks: [{ id: "exact", model: { ...GOOD, noise: () => runs++ } }] });
    const report = await runCommand("check counter", { engine: noisy });
    expect(report).toMatchObject({ code: 3, json: { status: "infra-error" } });
  });
});

describe("a failing run that was made simpler", () => {
  const sentence = / Shrunk from \d+ preemptions to 1; no schedule with fewer fails in this way\.$/m;

  it("is said to be so by explore and by check", async () => {
    const model = alternating(12, 2);
    const line = "explore a.ts --strategy random";
    const explored = await runCommand(line, { user: USER, engine: new ProgramEngine(model) });
    expect(explored.text).toMatch(sentence);
    const bad = "check counter --submission bad --strategy random";
    const checked = await runCommand(bad, { user: USER, engine: new AnswerEngine({}, model) });
    expect(checked.text).toMatch(sentence);
  });

  it("is not, where it was as simple before", async () => {
    const engine = new ProgramEngine(lostUpdate(2));
    const { text } = await runCommand("explore a.ts", { user: USER, engine });
    expect(text).toContain("Schedule: il2.");
    expect(text).not.toContain("Shrunk");
  });
});

describe("explore", () => {
  it("has the JSON of DESIGN 9 for a failure, with exit code 1", async () => {
    const { code, json } = await runCommand("explore a.ts", {
      user: USER,
      engine: new ProgramEngine(lostUpdate(2)),
    });
    expect(code).toBe(1);
    expect(json).toEqual({
      outcome: "check-failed",
      strategy: "bounded",
      runs: 5,
      complete: false,
      failure: {
        kind: "check-failed",
        message: "the model ended in check-failed",
        bug: null,
        run: 5,
        schedule: expect.stringMatching(/^il2\./),
        lost: expect.objectContaining({ choices: 2, proved: true }),
        threads: [],
      },
    });
  });

  it("has the JSON of DESIGN 9 for a pass, with exit code 0", async () => {
    const line = "explore a.ts --strategy bounded --preemptions 2 --runs 100 --seed 3 --clock idle";
    const { code, json } = await runCommand(line, { user: USER, engine: new ProgramEngine(GOOD) });
    expect(code).toBe(0);
    expect(json).toEqual({ outcome: "passed", strategy: "bounded", runs: 8, complete: true, failure: null });
  });

  it.each(["random", "uniform", "pos", "pct", "bounded", "exhaustive"])(
    "searches by the strategy %s alone",
    async (strategy) => {
      const engine = new ProgramEngine(lostUpdate(2));
      const { json } = await runCommand(`explore a.ts --strategy ${strategy}`, { user: USER, engine });
      expect(json).toMatchObject({ outcome: "check-failed", strategy });
      const checked = await runCommand(`check counter --submission bad --strategy ${strategy}`, {
        user: USER,
        engine: new AnswerEngine({}),
      });
      expect(checked.text).toContain("FAIL  exact");
    },
  );

  it("hands the depth to pct, and says what its runs prove", async () => {
    const line = "explore a.ts --strategy pct --runs 400 --depth";
    const shallow = await runCommand(`${line} 2`, { user: USER, engine: new ProgramEngine(GOOD) });
    expect(shallow.text).toContain("A bug of depth 2 would be missed with a probability of at most 0.01");
    const deep = await runCommand(`${line} 3`, { user: USER, engine: new ProgramEngine(GOOD) });
    expect(deep.text).toContain("A bug of depth 3 would be missed");
  });

  it.each([
    ["late", "late"],
    ["idle", "idle"],
  ])("hands the clock %s to each run", async (clock, expected) => {
    const engine = new FakeEngine({});
    await runCommand(`explore a.ts --clock ${clock}`, { user: USER, engine });
    expect(engine.options.length).toBeGreaterThan(1);
    expect(new Set(engine.options.map(({ rules }) => rules?.clock))).toEqual(new Set([expected]));
  });

  it.each(["idle", "late"] as const)(
    "under the clock %s finds a schedule that replays with it",
    async (clock) => {
      const engine = new ProgramEngine(lostUpdate(2));
      const { json } = await runCommand(`explore a.ts --clock ${clock}`, { user: USER, engine });
      const { schedule } = (json as { failure: { schedule: string } }).failure;
      expect(parseSchedule(schedule).clock).toBe(clock);
      const replaying = new FakeEngine({});
      await runCommand(`replay a.ts --schedule ${schedule}`, { user: USER, engine: replaying });
      expect(new Set(replaying.options.map(({ rules }) => rules?.clock))).toEqual(new Set([clock]));
    },
  );

  it("says of a program that is correct only by timing that it is", async () => {
    const engine = new ProgramEngine({ ...GOOD, judgeLate: () => "check-failed" });
    const { text, json, code } = await runCommand("explore a.ts", { user: USER, engine });
    expect(code).toBe(1);
    expect(json).toMatchObject({ outcome: "check-failed", clock: "late" });
    expect(text).toContain("Correct only by timing: it fails where a timer fires late.");
    const idle = await runCommand("explore a.ts --clock idle", { user: USER, engine });
    expect(idle).toMatchObject({ code: 0, json: { outcome: "passed" } });
    expect(idle.json).not.toHaveProperty("clock");
  });

  it("of a program that reaches a bound has exit code 1", async () => {
    const engine = new ProgramEngine({ ...GOOD, judge: () => "inconclusive" });
    expect(await runCommand("explore a.ts", { user: USER, engine })).toMatchObject({
      code: 1,
      json: { outcome: "inconclusive", failure: { kind: "inconclusive", run: 1 } },
    });
  });

  it("asks the compiler for main() in the file named", async () => {
    const engine = new ProgramEngine(GOOD);
    await runCommand("explore a.ts", { user: USER, engine });
    expect(engine.inputs[0]).toMatchObject({ entry: "a.ts", exports: { file: "a.ts", names: ["main"] } });
  });

  it("writes the failing run as a Chrome trace", async () => {
    const world = createWorld({ user: USER, engine: new ProgramEngine(lockOrder()) });
    await dispatch(["explore", "a.ts", "--trace", "out.json"], world);
    expect(JSON.parse(world.written.get("out.json") ?? "")).toEqual({
      displayTimeUnit: "ms",
      traceEvents: [],
    });
  });

  it("of a program that does not compile has exit code 2", async () => {
    const engine = new FakeEngine({
      compiles: { ok: false, diagnostics: [{ kind: "export", message: "no main" }] },
    });
    expect(await runCommand("explore a.ts", { user: USER, engine })).toMatchObject({
      code: 2,
      text: "no main",
    });
  });
});

describe("replay", () => {
  const engine = new ProgramEngine(lostUpdate(2));

  it("of a failing schedule fails again with the same run", async () => {
    const { json } = await runCommand("explore a.ts", { user: USER, engine });
    const { schedule } = (json as { failure: { schedule: string } }).failure;
    const replayed = await runCommand(`replay a.ts --schedule ${schedule}`, { user: USER, engine });
    expect(replayed).toMatchObject({
      code: 1,
      json: { outcome: "check-failed", bug: null, parts: null, sameProgram: true },
      text: expect.stringContaining("No known pattern fits this failure."),
    });
  });

  it("on another program says so and where it parts", async () => {
    const { json } = await runCommand("explore a.ts", { user: USER, engine });
    const { schedule } = (json as { failure: { schedule: string } }).failure;
    const other = { user: { "a.ts": "other" }, engine: new ProgramEngine({ threads: idleThreads(2, 1) }) };
    const replayed = await runCommand(`replay a.ts --schedule ${schedule}`, other);
    expect(replayed).toMatchObject({
      code: 0,
      json: {
        outcome: "passed",
        parts: { choice: expect.any(Number), message: expect.stringMatching(/^It parts from your code/) },
        nearby: { runs: expect.any(Number), failing: 0, schedule: null },
        sameProgram: false,
      },
    });
    expect(replayed.text).toMatch(/^This schedule was recorded with another version of the program/);
    expect(replayed.text).toContain("The old schedule no longer fails.\nIt parts from your code here: ");
  });

  it("of an exercise's check runs that check", async () => {
    const answers = { user: USER, engine: new AnswerEngine({}) };
    const { json } = await runCommand("check counter --submission bad", answers);
    const { schedule } = (json as { checks: { schedule: string }[] }).checks[0] ?? { schedule: "" };
    const line = `replay counter --check exact --submission bad --schedule ${schedule}`;
    expect(await runCommand(line, answers)).toMatchObject({
      code: 1,
      json: { outcome: "check-failed", parts: null },
    });
    expect(await runCommand(line.replace("exact", "quick"), answers)).toMatchObject({ code: 0 });
  });

  it("of an exercise's check keeps that check's rules", async () => {
    const ruled = new FakeEngine({ checks: [{ id: "exact", model: GOOD, rules: { mayLeave: true } }] });
    const line = "replay counter --check exact --submission good --schedule il2.0a1b2c3d.AM6DAg";
    await runCommand(line, { user: USER, engine: ruled });
    const followed = ruled.options.filter(({ entry }) => entry.kind === "check");
    expect(followed[0]).toMatchObject({ rules: { mayLeave: true, clock: "idle" }, record: true });
    for (const { rules } of followed) expect(rules).toMatchObject({ mayLeave: true, clock: "idle" });
  });
});

describe("--workers", () => {
  const lines = [
    "check counter --submission good --workers 3",
    "explore a.ts --workers 3",
    "verify counter --workers 3",
  ];
  it.each(lines)("is how many threads search: %s", async (line) => {
    const asked: unknown[] = [];
    const world = createWorld({ user: USER, engine: new AnswerEngine({}) });
    const engine = (workers?: number) => {
      asked.push(workers);
      return world.engine();
    };
    await dispatch(line.split(" "), { ...world, engine });
    await dispatch(line.split(" ").slice(0, -2), { ...world, engine });
    expect(asked).toEqual([3, undefined]);
  });
});

describe("warnings", () => {
  const place = { file: "main.ts", line: 3, column: 5 };
  const warnings = [{ message: "a future is never polled", place }, { message: "nobody knows where" }];
  const told = ["Warnings:", "  main.ts:3:5: a future is never polled", "  nobody knows where"].join("\n");
  const passing = { ...GOOD, warnings };
  const failing = { ...lostUpdate(2), warnings };

  it.each([
    ["passes", passing],
    ["fails", failing],
  ])("of a program that %s are told by explore, with their places", async (_, model) => {
    const { text, json } = await runCommand("explore a.ts", { user: USER, engine: new ProgramEngine(model) });
    expect(text).toContain(told);
    expect(json).toMatchObject({ warnings });
  });

  it("of a run are told by replay", async () => {
    const line = "replay a.ts --schedule il2.0a1b2c3d.AM6DAg";
    const { text, json } = await runCommand(line, { user: USER, engine: new ProgramEngine(passing) });
    expect(text).toContain(told);
    expect(json).toMatchObject({ warnings });
  });

  it.each([
    ["passes", passing],
    ["fails", failing],
  ])("of a check that %s are told by check, and change nothing of its JSON", async (_, model) => {
    const checks = (one: Model) =>
      new FakeEngine({ checks: CHECKS.map((check) => ({ ...check, model: one })) });
    const line = "check counter --submission good";
    const [{ text, json }, quiet] = [
      await runCommand(line, { user: USER, engine: checks(model) }),
      await runCommand(line, { user: USER, engine: checks({ ...model, warnings: [] }) }),
    ];
    expect(text.replaceAll(/^ {6}/gm, "")).toContain(told);
    expect(quiet.text).not.toContain("Warnings");
    expect(json).toEqual(quiet.json);
  });
});

describe("verify", () => {
  /** Verifies the small exercise with some files changed; the findings that are wrong, as `what: found`. */
  async function verifyWith(
    changes: Record<string, string | null>,
    expected: readonly string[],
  ): Promise<void> {
    const course = createExerciseFiles(changes);
    const { code, json } = await runCommand("verify", { course, engine: new AnswerEngine({}) });
    const { findings } = json as { findings: { what: string; ok: boolean; found: string }[] };
    expect(findings.filter((one) => !one.ok).map((one) => `${one.what}: ${one.found}`)).toEqual(expected);
    expect(code).toBe(expected.length === 0 ? 0 : 1);
  }
  const info = (fields: object) => ({ "exercise.json": JSON.stringify({ ...INFO, ...fields }) });

  it("passes an exercise that is as it should be", async () => {
    await verifyWith({}, []);
    const { text } = await runCommand("verify counter", { engine: new AnswerEngine({}) });
    expect(text).toBe(
      [
        "ok    counter  files       1 wrong answers",
        "ok    counter  points      3 points for 2 checks",
        "ok    counter  solution    passes 2 checks",
        "ok    counter  starter     fails exact",
        "ok    counter  demo.ts     runs to its end",
        "ok    counter  wrong/racy  fails exact",
        "1 exercise: all as they should be",
      ].join("\n"),
    );
  });

  it("refuses a solution that fails", () =>
    verifyWith({ "solution/main.ts": "racy" }, ["solution: fails exact: the model ended in check-failed"]));

  it("refuses a starter that passes", () =>
    verifyWith({ "starter/main.ts": "done" }, ["starter: passes 2 checks"]));

  it("refuses a wrong answer that passes the check it must fail", () =>
    verifyWith({ "wrong/racy/main.ts": "fine" }, ["wrong/racy: must fail exact; passes 2 checks"]));

  it("refuses a wrong answer that fails another check than it must", () =>
    verifyWith(info({ wrong: [{ ...INFO.wrong[0], fails: "quick" }] }), [
      "wrong/racy: must fail quick; fails exact",
    ]));

  it("refuses points that do not cover exactly the checks", () =>
    verifyWith(info({ points: { exact: 2, slow: 1 } }), [
      "points: no points for the check quick; points for slow, which is no check",
    ]));

  it("refuses a hint for a check there is not", () =>
    verifyWith(info({ hintsFor: [{ check: "slow", hint: "?" }] }), [
      "points: a hint for slow, which is no check",
    ]));

  it("refuses a wrong answer that only some seeds find", async () => {
    const { code, text } = await runCommand("verify", { engine: new AnswerEngine({}, alternating(24, 18)) });
    expect(text).toMatch(/must fail exact with every seed; not found with seed \d/);
    expect(code).toBe(1);
  });

  it("accepts a wrong answer that every seed finds by chance", async () => {
    const { text } = await runCommand("verify", { engine: new AnswerEngine({}, alternating(20, 10)) });
    expect(text).toContain("wrong/racy  fails exact (found by chance, with each of 20 seeds)");
  });

  it("names a word that no dictionary knows, once, with its place and the cure", () =>
    verifyWith({ "demo.ts": "mispeled", "checks.ts": "mispeled" }, [
      "words: exercises/counter/checks.ts:1:1: no dictionary knows `mispeled`; correct it, or add it to content/words.txt",
    ]));

  it("does not spell wrong answers", () => verifyWith({ "wrong/racy/mispeled.ts": "mispeled" }, []));

  it("names missing files without running anything", () =>
    verifyWith({ "demo.ts": null }, ["files: demo.ts: This file is missing. Add it."]));
});
