import { beforeAll, describe, expect, it } from "vitest";
import type { Verdict } from "#grade";
import { run } from "./course.ts";
import { RACY } from "./tally.ts";

const RACE = `import { spawn } from "std/thread";
import { SharedCell } from "std/sync";

export function main() {
  const cell = new SharedCell(0);
  const add = () => cell.set(cell.get() + 1);
  const other = spawn(add);
  add();
  other.join();
  if (cell.get() !== 2) throw new Error("lost");
}
`;
/** The same race, a line further down. */
const MOVED = RACE.replace("const other", "cell.get();\n  const other");
/** The race mended: one after the other. */
const MENDED = RACE.replace("  add();\n  other.join();\n", "  other.join();\n  add();\n");
/** Its first thread is over when the race begins. */
const LATER = RACE.replace(
  "  const other",
  "  spawn(() => {}).join();\n  const third = spawn(add);\n  const other",
);
const QUIET = "export function main() {}\n";
const USER = {
  "race.ts": RACE,
  "moved.ts": MOVED,
  "mended.ts": MENDED,
  "later.ts": LATER,
  "quiet.ts": QUIET,
  "mine/main.ts": RACY,
};

let schedule = "";
/** Schedule of the failing check \`exact\`. */
let ofCheck = "";

beforeAll(async () => {
  const explored = await run(["explore", "race.ts"], USER);
  schedule = (explored.json as { failure: { schedule: string } }).failure.schedule;
  const checked = await run(["check", "tally", "--submission", "mine"], USER);
  ofCheck = (checked.json as Verdict).checks[0]?.schedule ?? "";
});

const replay = (file: string, text: string) => run(["replay", file, "--schedule", text], USER);
const replayCheck = (id: string, text: string) =>
  run(["replay", "tally", "--check", id, "--submission", "mine", "--schedule", text], USER);

const NOT_ONE = "This text is not a schedule: schedules begin with `il2.`.";
const OTHER_VERSION = (magic: string) =>
  `This schedule has the format \`${magic}\`; this version of Interleave reads \`il2\`. Run the search again to get a new one.`;
const CUT = "This schedule is cut: its end is missing. Copy the whole text.";
const DAMAGED = "This schedule is damaged: it is not as it was written. Copy the text again.";

describe("a text that is no schedule gets one line and exit code 2:", () => {
  const base64 = (...bytes: number[]) => Buffer.from(bytes).toString("base64url");
  const cases: [title: string, text: () => string, message: string][] = [
    ["nothing", () => "", NOT_ONE],
    ["white space", () => " \n\t", NOT_ONE],
    ["words", () => "please fail again", NOT_ONE],
    ["a number", () => "1", NOT_ONE],
    ["a path", () => "../../etc/passwd", NOT_ONE],
    ["the name without its number", () => schedule.replace("il2", "il"), NOT_ONE],
    ["of the version before", () => schedule.replace("il2", "il1"), OTHER_VERSION("il1")],
    ["of the next version", () => schedule.replace("il2", "il3"), OTHER_VERSION("il3")],
    ["of a version far ahead", () => schedule.replace("il2", "il907"), OTHER_VERSION("il907")],
    ["without its end", () => schedule.slice(0, -4), CUT],
    ["without its body", () => schedule.slice(0, 12), CUT],
    ["with half a program", () => "il2.0a1b", CUT],
    ["with a program that is no number", () => schedule.replace(/\.[0-9a-f]{8}\./, ".notahash."), DAMAGED],
    ["of another program than it says", () => schedule.replace(/\.[0-9a-f]{8}\./, ".00000000."), DAMAGED],
    ["with something added", () => `${schedule}AAAA`, DAMAGED],
    ["twice", () => schedule + schedule, DAMAGED],
    ["with a part too many", () => `${schedule}.AAAA`, DAMAGED],
    ["with signs that mean nothing", () => schedule.replace(/.$/, "%"), DAMAGED],
    [
      "with a number beyond all bounds",
      () => `il2.0a1b2c3d.${base64(...Array<number>(40).fill(255), 1)}`,
      CUT,
    ],
    [
      "that promises more than can be",
      () => `il2.0a1b2c3d.${base64(255, 255, 255, 255, 255, 255, 127)}`,
      CUT,
    ],
    ["a million letters long", () => `il2.0a1b2c3d.${"A".repeat(1_000_000)}`, DAMAGED],
  ];
  it.each(cases)("%s", async (_, text, message) => {
    const report = await replay("race.ts", text());
    expect(report).toMatchObject({ code: 2, text: message, json: { error: { kind: "schedule", message } } });
  });

  it("whatever is cut off or changed in it", async () => {
    for (let length = 0; length < schedule.length; length++) {
      expect((await replay("race.ts", schedule.slice(0, length))).code).toBe(2);
      const other = schedule[length] === "A" ? "B" : "A";
      const changed = schedule.slice(0, length) + other + schedule.slice(length + 1);
      expect((await replay("race.ts", changed)).code).toBe(2);
    }
  });
});

describe("a schedule fails again", () => {
  const pasted: [title: string, change: (text: string) => string][] = [
    ["as it was printed", (text) => text],
    ["with white space and line ends around it", (text) => `\r\n  \t${text} \n`],
    ["broken into lines", (text) => text.replace(/.{6}/g, "$&\n  ")],
  ];
  it.each(pasted)("%s", async (_, change) => {
    const report = await replay("race.ts", change(schedule));
    expect(report.code).toBe(1);
    expect(report.json).toMatchObject({ outcome: "panic", sameProgram: true, parts: null });
  });

  it("on the check that it came from", async () => {
    const report = await replayCheck("exact", `\n${ofCheck}\n`);
    expect(report.code).toBe(1);
    expect(report.json).toMatchObject({ outcome: "check-failed", sameProgram: true, parts: null });
  });
});

describe("a schedule of something else is followed by what the program does", () => {
  const OTHER =
    "This schedule was recorded with another version of the program; it is followed by what the program does.";
  const [FAILS, PASSES] = ["The old schedule still fails.", "The old schedule no longer fails."];
  const PARTS = "It parts from your code here:";

  it("on a program edited elsewhere, and finds the same bug", async () => {
    const report = await replay("moved.ts", schedule);
    expect(report.code).toBe(1);
    expect(report.text.split("\n").slice(0, 3)).toEqual([
      OTHER,
      FAILS,
      "Panic: Error: lost (moved.ts:11:31)",
    ]);
    expect(report.json).toMatchObject({ sameProgram: false, parts: null, nearby: null });
  });

  it("on a program that was mended, and says where it parts", async () => {
    const report = await replay("mended.ts", schedule);
    expect(report.code).toBe(0);
    const message = `${PARTS} when main comes to \`set\` of \`cell\` (mended.ts:6), worker-1 has ended.`;
    expect(report.text.split("\n").slice(0, 5)).toEqual([
      OTHER,
      PASSES,
      message,
      "There is no schedule near it.",
      "Passed: The run passed.",
    ]);
    expect(report.json).toMatchObject({
      sameProgram: false,
      parts: { choice: 0, message },
      nearby: { runs: 0, failing: 0, schedule: null },
    });
  });

  it("on a program where another thread has that number", async () => {
    const report = await replay("later.ts", schedule);
    const message = `${PARTS} when main comes to \`set\` of \`cell\` (later.ts:6), worker-1 has ended.`;
    expect(report.text).toContain(`${FAILS}\n${message}\nPanic: Error: lost`);
    expect(report.json).toMatchObject({ parts: { message }, nearby: null });
  });

  it("on a program that makes no choices", async () => {
    const report = await replay("quiet.ts", schedule);
    expect(report.code).toBe(0);
    expect(report.text).toContain(`${PASSES}\n${PARTS} main no longer comes to \`set\` of a cell.\n`);
  });

  it("on another check of the same program", async () => {
    const report = await replayCheck("quick", ofCheck);
    expect(report.code).toBe(0);
    expect(report.text).toMatch(/^This schedule was recorded with another run of the program;/);
    expect(report.json).toMatchObject({
      outcome: "passed",
      sameProgram: true,
      parts: { choice: expect.any(Number) },
    });
  });

  it("of a program on an exercise", async () => {
    const report = await replayCheck("exact", schedule);
    expect(report.json).toMatchObject({ sameProgram: false });
  });
});
