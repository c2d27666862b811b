import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CALLS } from "#abi";
import {
  encodeSchedule,
  isScheduleOf,
  parseSchedule,
  ScheduleError,
  type Departure,
  type Schedule,
} from "#explorer";
import { CLOCK_THREAD } from "#kernel";

const ABOUT_THREADS = [
  CALLS.join,
  CALLS.isFinished,
  CALLS.park,
  CALLS.parkTimeout,
  CALLS.unpark,
  CALLS.scopeJoin,
];
const OTHER_CALLS = Object.values(CALLS).filter((call) => !ABOUT_THREADS.some((about) => about === call));

const threads = fc.nat(63);
const objects = fc.record({
  kind: fc.constant("object" as const),
  type: fc.constantFrom("cell" as const, "task" as const, "task-mutex" as const, "scope" as const),
  by: threads,
  ordinal: fc.nat(10_000),
  tag: fc.nat(127),
  twin: fc.nat(300),
});
const aims = fc.oneof(
  fc.record({
    call: fc.constantFrom(...ABOUT_THREADS),
    object: fc.record({ kind: fc.constant("thread" as const), thread: threads }),
  }),
  fc.record({ call: fc.constantFrom(0 as const, ...OTHER_CALLS), object: fc.option(objects) }),
);
const spots = fc
  .record({ thread: fc.integer({ min: -1, max: 63 }), aim: aims, occurrence: fc.nat(900), nth: fc.nat(3) })
  .map(({ aim, ...rest }) => ({ ...aim, ...rest }));
const untils = fc.constantFrom(0 as const, ...Object.values(CALLS));
const answers = fc.oneof(
  fc.record({
    kind: fc.constant("thread" as const),
    option: fc.oneof(threads, fc.constant(CLOCK_THREAD)),
    until: untils,
  }),
  fc.record({
    kind: fc.constantFrom("waiter" as const, "number" as const),
    option: fc.nat(400),
    until: fc.constant(0 as const),
  }),
  fc.record({ kind: fc.constant("task" as const), option: objects, until: fc.constant(0 as const) }),
);
const departures = fc
  .array(fc.record({ gap: fc.nat(5_000), spot: spots, answer: answers }), { maxLength: 30 })
  .map((entries) => {
    let next = 0;
    return entries.map(({ gap, spot, answer }): Departure => {
      const choice = next + gap;
      next = choice + 1;
      return { choice, spot, ...answer };
    });
  });
const program = fc.stringMatching(/^[0-9a-f]{8}$/);
const clock = fc.constantFrom("idle" as const, "late" as const);
const schedules: fc.Arbitrary<Schedule> = fc.record({ program, clock, departures });

const NONE: Schedule = { program: "0a1b2c3d", clock: "idle", departures: [] };
const CELL = { kind: "object", type: "cell", by: 0, ordinal: 1, tag: 73, twin: 0 } as const;

/** Thread 1 is let in to its end where thread 0 is about to set a cell; a task goes first; a timer is late. */
const SAMPLE: Schedule = {
  program: "0a1b2c3d",
  clock: "late",
  departures: [
    {
      choice: 3,
      kind: "thread",
      spot: { thread: 0, call: CALLS.cellSet, object: CELL, occurrence: 1, nth: 0 },
      option: 1,
      until: CALLS.exit,
    },
    {
      choice: 4,
      kind: "task",
      spot: {
        thread: 1,
        call: CALLS.taskNext,
        object: { ...CELL, type: "task", by: 1 },
        occurrence: 2,
        nth: 0,
      },
      option: { ...CELL, type: "task", by: 1, ordinal: 2, twin: 1 },
      until: 0,
    },
    {
      choice: 300,
      kind: "thread",
      spot: {
        thread: 1,
        call: CALLS.join,
        object: { kind: "thread", thread: 2 },
        occurrence: 1,
        nth: 1,
      },
      option: CLOCK_THREAD,
      until: 0,
    },
  ],
};

function problemOf(text: string): string {
  try {
    parseSchedule(text);
    return "none";
  } catch (error) {
    return error instanceof ScheduleError ? error.problem : String(error);
  }
}

describe("schedule text", () => {
  it("has a fixed form", () => {
    expect(encodeSchedule(NONE)).toBe("il2.0a1b2c3d.AM6DAg");
    expect(encodeSchedule(SAMPLE)).toBe("il2.0a1b2c3d.BwMIAT4DyQEAAQICAAICZQQByQUAAgYByQUBpwIEAgQDAQEAlPMC");
  });

  it("comes back as it was written", () => {
    fc.assert(
      fc.property(schedules, (schedule) => {
        expect(parseSchedule(encodeSchedule(schedule))).toEqual(schedule);
      }),
    );
  });

  it("of four departures is short enough for a chat", () => {
    const [departure] = SAMPLE.departures;
    const four = [1, 9, 30, 200].map((choice) => ({ ...(departure as Departure), choice }));
    expect(encodeSchedule({ ...SAMPLE, departures: four }).length).toBeLessThanOrEqual(90);
  });

  it("may be pasted with white space in it", () => {
    const text = encodeSchedule(SAMPLE);
    expect(parseSchedule(`  ${text.slice(0, 15)}\n${text.slice(15)} `)).toEqual(SAMPLE);
  });

  it("is never accepted with its end cut off", () => {
    fc.assert(
      fc.property(schedules, fc.nat(), (schedule, where) => {
        const text = encodeSchedule(schedule);
        expect(problemOf(text.slice(0, where % text.length))).not.toBe("none");
      }),
    );
  });

  it("names a cut text as cut", () => {
    const text = encodeSchedule(SAMPLE);
    for (let length = 4; length < text.length - 3; length++)
      expect(problemOf(text.slice(0, length)), String(length)).toBe("cut");
  });

  it("names a changed text as damaged or cut, never takes it", () => {
    const text = encodeSchedule(SAMPLE);
    const places = fc.integer({ min: 13, max: text.length - 1 });
    fc.assert(
      fc.property(places, fc.constantFrom(..."ABcdxyz019-_"), (at, digit) => {
        fc.pre(text.charAt(at) !== digit);
        expect(["damaged", "cut"]).toContain(problemOf(text.slice(0, at) + digit + text.slice(at + 1)));
      }),
    );
  });

  const texts: [text: string, problem: string][] = [
    ["", "not-a-schedule"],
    ["hello", "not-a-schedule"],
    ["il1.0a1b2c3d.AM6DAg", "other-version"],
    ["il3.0a1b2c3d.AM6DAg", "other-version"],
    ["il2", "cut"],
    ["il2.0a1b", "cut"],
    ["il2.0a1b2c3d", "cut"],
    ["il2.0a1b2c3d.", "cut"],
    ["il2.0A1B2C3D.AM6DAg", "damaged"],
    ["il2.0a1b2c3e.AM6DAg", "damaged"],
    ["il2.0a1b2c3d.AM6DAg.x", "damaged"],
    ["il2.0a1b2c3d.AKqm!Q", "damaged"],
    ["il2.0a1b2c3d.AM6DAgAA", "damaged"],
    ["il2.0a1b2c3d.AM6DAh", "damaged"],
  ];
  it.each(texts)("%j is %s", (text, problem) => {
    expect(problemOf(text)).toBe(problem);
  });

  const wrong: [title: string, departure: Partial<Departure>][] = [
    ["a call that there is not", { until: 250 as 2 }],
    ["a type that there is not", { option: { ...CELL, type: "scope", tag: 128 }, kind: "task", until: 0 }],
  ];
  it.each(wrong)("with %s is damaged, though its check number is right", (_, part) => {
    const departure = { ...(SAMPLE.departures[0] as Departure), ...part };
    expect(problemOf(encodeSchedule({ ...SAMPLE, departures: [departure] }))).toBe("damaged");
  });

  it("tells whether it belongs to a program", () => {
    expect(isScheduleOf(SAMPLE, `0a1b2c3d${"0".repeat(56)}`)).toBe(true);
    expect(isScheduleOf(SAMPLE, `0a1b2c3e${"0".repeat(56)}`)).toBe(false);
  });
});
