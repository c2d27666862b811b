import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CALLS } from "#abi";
import { encodeSchedule, isScheduleOf, parseSchedule, ScheduleError, type Schedule } from "#explorer";

const calls = fc.constantFrom(...Object.values(CALLS));
const departures = fc
  .array(fc.record({ gap: fc.nat(5_000), thread: fc.nat(63), call: calls, object: fc.nat(10_000) }), {
    maxLength: 40,
  })
  .map((entries) => {
    let next = 0;
    return entries.map(({ gap, ...rest }) => {
      const choice = next + gap;
      next = choice + 1;
      return { choice, ...rest };
    });
  });
const program = fc.stringMatching(/^[0-9a-f]{8}$/);
const schedules: fc.Arbitrary<Schedule> = fc.record({ program, departures });

const SAMPLE: Schedule = {
  program: "0a1b2c3d",
  departures: [
    { choice: 3, thread: 1, call: CALLS.recv, object: 2 },
    { choice: 300, thread: 0, call: CALLS.lock, object: 200 },
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
    expect(encodeSchedule({ program: "0a1b2c3d", departures: [] })).toBe("il1.0a1b2c3d.AM6DAg");
    expect(encodeSchedule(SAMPLE)).toBe("il1.0a1b2c3d.AgMBFwKoAgApyAHvhwE");
  });

  it("comes back as it was written", () => {
    fc.assert(
      fc.property(schedules, (schedule) => {
        expect(parseSchedule(encodeSchedule(schedule))).toEqual(schedule);
      }),
    );
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
    for (const length of [12, 13, 15, 20, text.length - 4])
      expect(problemOf(text.slice(0, length))).toBe("cut");
  });

  it("names a changed text as damaged or cut, never takes it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 13, max: 27 }), fc.constantFrom(..."ABcdxyz019-_"), (at, digit) => {
        const text = encodeSchedule(SAMPLE);
        fc.pre(text.charAt(at) !== digit);
        expect(["damaged", "cut"]).toContain(problemOf(text.slice(0, at) + digit + text.slice(at + 1)));
      }),
    );
  });

  const texts: [text: string, problem: string][] = [
    ["", "not-a-schedule"],
    ["hello", "not-a-schedule"],
    ["il2.0a1b2c3d.AM6DAg", "other-version"],
    ["il1", "cut"],
    ["il1.0a1b", "cut"],
    ["il1.0a1b2c3d", "cut"],
    ["il1.0a1b2c3d.", "cut"],
    ["il1.0A1B2C3D.AM6DAg", "damaged"],
    ["il1.0a1b2c3e.AM6DAg", "damaged"],
    ["il1.0a1b2c3d.AM6DAg.x", "damaged"],
    ["il1.0a1b2c3d.AKqm!Q", "damaged"],
    ["il1.0a1b2c3d.AM6DAgAA", "damaged"],
    ["il1.0a1b2c3d.AM6DAh", "damaged"],
  ];
  it.each(texts)("%j is %s", (text, problem) => {
    expect(problemOf(text)).toBe(problem);
  });

  it("tells whether it belongs to a program", () => {
    expect(isScheduleOf(SAMPLE, `0a1b2c3d${"0".repeat(56)}`)).toBe(true);
    expect(isScheduleOf(SAMPLE, `0a1b2c3e${"0".repeat(56)}`)).toBe(false);
  });
});
