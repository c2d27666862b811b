import { describe, expect, it } from "vitest";
import { encodeSchedule } from "#explorer";
import { runCommand } from "./world.ts";

const USER = { "a.ts": "export function main() {}", "notes.txt": "", "dir/main.ts": "" };
const SCHEDULE = encodeSchedule({ program: "0a1b2c3d", clock: "idle", departures: [] });

/** Command lines that cannot be carried out, and the one line each gets. None of them needs an engine. */
const mistakes: [line: string, message: string | RegExp][] = [
  ["frobnicate", "There is no command `frobnicate`; there are check, explore, replay, verify, help."],
  ["chek", "There is no command `chek`; did you mean `check`?"],
  ["constructor", /^There is no command `constructor`/],
  ["new exercise foo", "The command `new` does not exist yet."],
  ["grade", "The command `grade` does not exist yet."],
  ["report", "The command `report` does not exist yet."],
  ["help chekc", "There is no command `chekc`; did you mean `check`?"],
  ["check", "The exercise's slug is missing."],
  ["check counter twice", "`twice` is one word too many."],
  ["check countre", "There is no exercise `countre`. Did you mean `counter`?"],
  ["check ../counter", /^There is no exercise `\.\.\/counter`/],
  ["check counter --sed 3", "`check` has no option `--sed`; did you mean `--seed`?"],
  [
    "check counter --frobnicate",
    /^`check` has no option `--frobnicate`; it knows `--submission`, .*`--json`\.$/,
  ],
  ["check counter -x", /^`check` has no option `-x`/],
  ["check counter --seed", "`--seed` needs a value behind it."],
  ["check counter --seed x", "`--seed` takes a whole number of at least 0, not `x`."],
  ["check counter --seed=-1", "`--seed` takes a whole number of at least 0, not `-1`."],
  ["check counter --runs 0", "`--runs` takes a whole number of at least 1, not `0`."],
  ["check counter --runs 1.5", "`--runs` takes a whole number of at least 1, not `1.5`."],
  [
    "check counter --strategy slow",
    "`slow` is no strategy; there are pipeline, fifo, random, uniform, pos, pct, bounded, exhaustive.",
  ],
  [
    "check counter --strategy best",
    "`best` is no strategy; there are pipeline, fifo, random, uniform, pos, pct, bounded, exhaustive.",
  ],
  ["check counter --submission nowhere", "There is no file or folder `nowhere`."],
  ["explore", "The program's file is missing."],
  ["explore nowhere.ts", "There is no file `nowhere.ts`."],
  ["explore dir", "`dir` is a folder: name the file in it that exports `main`."],
  ["explore notes.txt", "`notes.txt` is no .ts file: programs are TypeScript, in files that end in `.ts`."],
  ["explore a.ts --clock fast", "`fast` is no clock; there are idle, late."],
  [`replay a.ts --clock late --schedule ${SCHEDULE}`, /`--clock`/],
  ["explore a.ts --depth 3", "`--depth` belongs to the strategy `pct`: add `--strategy pct`."],
  ["explore a.ts --strategy pct --depth 0", "`--depth` takes a whole number from 1 to 20, not `0`."],
  ["explore a.ts --strategy pct --depth 21", "`--depth` takes a whole number from 1 to 20, not `21`."],
  ["replay a.ts", "`--schedule` is missing: give the text that `check` or `explore` printed."],
  ["replay a.ts --schedule hello", "This text is not a schedule: schedules begin with `il2.`."],
  ["replay a.ts --schedule il9.0a1b2c3d.AA", /^This schedule has the format `il9`; this version/],
  ["replay a.ts --schedule il2.0a1b2c3d", "This schedule is cut: its end is missing. Copy the whole text."],
  [`replay nowhere.ts --schedule ${SCHEDULE}`, "There is no file `nowhere.ts`."],
  [`replay a.ts --check exact --schedule ${SCHEDULE}`, "`--check` goes with an exercise, not with a file."],
  [`replay counter --schedule ${SCHEDULE}`, "`--check` is missing: give the id of the check that failed."],
  [
    `replay counter --check exact --schedule ${SCHEDULE}`,
    "`--submission` is missing: give the file or folder that was checked.",
  ],
  [
    `replay counter --check exactt --submission dir --schedule ${SCHEDULE}`,
    "The exercise counter has no check `exactt`; it has `exact`.",
  ],
  [
    `replay philosophers --check a --submission dir --schedule ${SCHEDULE}`,
    /^There is no exercise `philosophers`\./,
  ],
  ["verify countr", "There is no exercise `countr`. Did you mean `counter`?"],
  ["verify --deep", /^`verify` has no option `--deep`/],
];

describe("a mistake on the command line gets one line and exit code 2:", () => {
  it.each(mistakes)("%s", async (line, message) => {
    const report = await runCommand(line, { user: USER });
    if (typeof message === "string") expect(report.text).toBe(message);
    else expect(report.text).toMatch(message);
    expect(report.text).not.toContain("\n");
    expect(report).toMatchObject({ code: 2, json: { error: { message: report.text } } });
  });
});

describe("help", () => {
  it("names every command, with exit code 0", async () => {
    const report = await runCommand("help");
    expect(report.code).toBe(0);
    for (const name of ["check", "explore", "replay", "verify", "help"])
      expect(report.text).toContain(`  ${name}`);
  });

  it.each(["help check", "check --help"])("is given for one command: %s", async (line) => {
    const report = await runCommand(line);
    expect(report.code).toBe(0);
    expect(report.text).toContain("check <slug>");
    expect(report.text).not.toContain("explore");
  });

  it("is printed with exit code 2 where the command is missing", async () => {
    expect(await runCommand("")).toMatchObject({
      code: 2,
      text: expect.stringContaining("explore <file.ts>"),
    });
  });
});

it("a crash of ours has exit code 3 and says whose fault it is", async () => {
  const report = await runCommand("check counter", {});
  expect(report.code).toBe(3);
  expect(report.text).toMatch(/^This is our fault, not yours: no engine here\n/);
  const hint = "Please report it, with the command line and the files.";
  expect(report.json).toEqual({
    error: { kind: "internal", message: "This is our fault, not yours: no engine here", hint },
  });
});
