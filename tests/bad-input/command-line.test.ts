import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { attempt, createUserFiles, dispatch, type Report } from "#cli";
import { createWorld } from "../cli/world.ts";
import { engine, told } from "./course.ts";
import { createTallyFiles, RACY, SOLUTION } from "./tally.ts";

const MAIN = resolve(import.meta.dirname, "../../src/cli/main.ts");

let dir = "";
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "interleave-bad-input-"));
  for (const folder of ["empty", "whole/inner", "folder.ts", "many"])
    mkdirSync(join(dir, folder), { recursive: true });
  const program = "export function main() {}\n";
  const files: Record<string, string | Uint8Array> = {
    "good.ts": SOLUTION,
    "racy.ts": RACY.replace(
      "export function count(workers: number): number {",
      "export function main() {\n  const workers = 2;",
    ).replace("return total.get();", 'if (total.get() !== workers) throw new Error("lost");'),
    "nothing.ts": "",
    "number.ts": "export const main = 3;\n",
    "helper.ts": "export const help = 1;\n",
    "asks.ts": `import { help } from "./helpr";\n${program}help;\n`,
    "program.js": program,
    "wide.ts": Buffer.from(`\ufeff${SOLUTION}`, "utf16le"),
    "latin.ts": Buffer.concat([Buffer.from(`${SOLUTION}// gr`), Buffer.from([0xfc, 0xdf, 0x0a])]),
    "junk.ts": Uint8Array.from({ length: 4096 }, (_, n) => (n * 193 + 7) % 256),
    "whole/main.ts": SOLUTION,
    "whole/notes.txt": "const = ;",
    "whole/unused.ts": "const = ;",
    "whole/picture.png": Uint8Array.of(0, 255, 128),
    "whole/inner/main.ts": "const = ;",
  };
  for (let n = 0; n < 100; n++) files[`many/f${n}.ts`] = "export const a = 1;\n";
  files["many/program.ts"] = `import { a } from "./f99";\nexport function main() {\n  a;\n}\n`;
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  symlinkSync("nowhere.ts", join(dir, "dangling.ts"));
  symlinkSync("loop.ts", join(dir, "loop.ts"));
});
afterAll(() => rmSync(dir, { recursive: true }));

/** A command line on the real files of the folder. */
async function course(...words: string[]): Promise<Report> {
  const world = createWorld({ course: createTallyFiles(), engine: await engine });
  return dispatch(words, { ...world, user: createUserFiles(dir) });
}

type Line = readonly [words: readonly string[], message: string];

const RUNS = (text: string) => `\`--runs\` takes a whole number of at least 1, not \`${text}\`.`;
const STRATEGIES = "there are pipeline, fifo, random, uniform, pos, pct, bounded, exhaustive.";

const MISTAKES: readonly Line[] = [
  [["chekc", "tally"], "There is no command `chekc`; did you mean `check`?"],
  [["explor", "a.ts"], "There is no command `explor`; did you mean `explore`?"],
  [["relpay"], "There is no command `relpay`; did you mean `replay`?"],
  [["frobnicate"], "There is no command `frobnicate`; there are check, explore, replay, verify, help."],
  [["__proto__"], "There is no command `__proto__`; there are check, explore, replay, verify, help."],
  [["--version"], "There is no command `--version`; there are check, explore, replay, verify, help."],
  [["help", "__proto__"], "There is no command `__proto__`; there are check, explore, replay, verify, help."],
  [["check"], "The exercise's slug is missing."],
  [["check", ""], "The exercise's slug is missing."],
  [["check", "talli"], "There is no exercise `talli`. Did you mean `tally`?"],
  [["check", "philosophers"], "There is no exercise `philosophers`. There are: tally."],
  [["check", "tally", "--run", "3"], "`check` has no option `--run`; did you mean `--runs`?"],
  [
    ["check", "tally", "--constructor"],
    "`check` has no option `--constructor`; it knows `--submission`, `--private`, `--seed`, `--runs`, `--strategy`, `--workers`, `--json`.",
  ],
  [["check", "tally", "--runs"], "`--runs` needs a value behind it."],
  [["check", "tally", "--runs", "--json"], "`--runs` needs a value behind it."],
  [["check", "tally", "--runs", ""], "`--runs` has an empty value."],
  [["check", "tally", "--runs", "-1"], RUNS("-1")],
  [["check", "tally", "--runs=-1"], RUNS("-1")],
  [["check", "tally", "--runs", "-.5"], RUNS("-.5")],
  [["check", "tally", "--runs", "0.5"], RUNS("0.5")],
  [["check", "tally", "--runs", "1e3"], RUNS("1e3")],
  [["check", "tally", "--runs", "0x10"], RUNS("0x10")],
  [["check", "tally", "--runs", "ten"], RUNS("ten")],
  [
    ["check", "tally", "--seed", "99999999999999999999"],
    "`--seed` takes a whole number of at least 0, not `99999999999999999999`.",
  ],
  [["check", "tally", "--workers", "0"], "`--workers` takes a whole number from 1 to 64, not `0`."],
  [["explore", "good.ts", "--workers", "65"], "`--workers` takes a whole number from 1 to 64, not `65`."],
  [["verify", "--workers", "all"], "`--workers` takes a whole number from 1 to 64, not `all`."],
  [["check", "tally", "--strategy", "Uniform"], `\`Uniform\` is no strategy; ${STRATEGIES}`],
  [["check", "tally", "--strategy", "quick"], `\`quick\` is no strategy; ${STRATEGIES}`],
  [["check", "tally", "--private=yes"], "`--private` takes no value."],
  [["check", "tally", "--submission", "gone"], "There is no file or folder `gone`."],
  [["check", "tally", "--submission", ""], "`--submission` has an empty value."],
  [["check", "tally", "--submission", "dangling.ts"], "There is no file or folder `dangling.ts`."],
  [["check", "tally", "--submission", "loop.ts"], "There is no file or folder `loop.ts`."],
  [["check", "tally", "--submission", "good.ts/main.ts"], "There is no file or folder `good.ts/main.ts`."],
  [["explore"], "The program's file is missing."],
  [["explore", "good.ts", "racy.ts"], "`racy.ts` is one word too many."],
  [["explore", "gone.ts"], "There is no file `gone.ts`."],
  [["explore", "whole"], "`whole` is a folder: name the file in it that exports `main`."],
  [["explore", "folder.ts"], "`folder.ts` is a folder: name the file in it that exports `main`."],
  [
    ["explore", "program.js"],
    "`program.js` is no .ts file: programs are TypeScript, in files that end in `.ts`.",
  ],
  [
    ["explore", "racy.ts", "--trace", "gone/trace.json"],
    "`gone/trace.json` cannot be written: there is no folder `gone`. Make it first.",
  ],
  [
    ["explore", "racy.ts", "--trace", "good.ts/trace.json"],
    "`good.ts/trace.json` cannot be written: there is no folder `good.ts`. Make it first.",
  ],
  [["explore", "racy.ts", "--trace", "empty"], "`empty` cannot be written: it is a folder. Name a file."],
  [["verify", "talyl"], "There is no exercise `talyl`. Did you mean `tally`?"],
];

describe("a command line that cannot be carried out gets one line, a hint and exit code 2:", () => {
  it.each(MISTAKES)("%j", async (words, message) => {
    const report = await course(...words);
    expect({ code: report.code, text: report.text }).toEqual({ code: 2, text: message });
    const { error } = report.json as { error: Record<string, string> };
    expect(error).toEqual({ kind: "usage", message, hint: expect.stringMatching(/^`help/) });
  });

  const refusals: [code: string, cause: string][] = [
    ["EACCES", "you have no permission. Change it with `chmod`, or name another file."],
    ["EISDIR", "it is a folder. Name a file."],
  ];
  it.each(refusals)("when the system answers %s", async (code, cause) => {
    const refusal = Object.assign(new Error(`${code}: no`), { code });
    const failed = await attempt("`good.ts` cannot be read", Promise.reject(refusal)).catch(String);
    expect(failed).toBe(`UsageError: \`good.ts\` cannot be read: ${cause}`);
  });

  it("when a folder is read as a file", async () => {
    await expect(createUserFiles(dir).readText("empty")).rejects.toThrow(
      "`empty` cannot be read: it is a folder. Name a file.",
    );
  });
});

describe("a submission on disk", () => {
  const NOT_TEXT = ["main.ts is not a text file", "  Save it as plain UTF-8 text."];
  const MISSING = (file: string, name: string) => [
    `${file} must export \`${name}\``,
    `  Write \`export\` before the declaration of \`${name}\` in ${file}.`,
  ];
  const cases: [path: string, code: number, said: string[]][] = [
    ["good.ts", 0, []],
    ["whole", 0, []],
    [
      "empty",
      2,
      ["The submission has no file `main.ts`.", "  Hand in every file that the exercise lets you edit."],
    ],
    ["wide.ts", 2, NOT_TEXT],
    ["latin.ts", 2, NOT_TEXT],
    ["junk.ts", 2, NOT_TEXT],
    ["nothing.ts", 2, MISSING("main.ts", "count")],
    ["program.js", 2, MISSING("main.ts", "count")],
    [
      "many",
      2,
      ["The submission has no file `main.ts`.", "  Hand in every file that the exercise lets you edit."],
    ],
  ];
  it.each(cases)("%s has exit code %i", async (path, code, said) => {
    const report = await course("check", "tally", "--submission", path);
    expect({ code: report.code, said: told(report) }).toEqual({ code, said });
  });
});

describe("explore", () => {
  it("does not mind what else lies in the program's folder", async () => {
    expect(await course("explore", "many/program.ts")).toMatchObject({
      code: 0,
      json: { outcome: "passed" },
    });
    expect(await course("explore", "racy.ts", "--runs", "50")).toMatchObject({
      code: 1,
      json: { outcome: "panic" },
    });
  });

  it("names the neighbour that an import means", async () => {
    expect((await course("explore", "asks.ts")).text).toMatch(
      /^asks\.ts:1:22: there is no file `\.\/helpr`; did you mean `\.\/helper`\?/,
    );
  });

  it.each(["nothing.ts", "good.ts"])("of %s, which has no main, has exit code 2", async (file) => {
    const report = await course("explore", file);
    expect(report.code).toBe(2);
    expect(report.text.split("\n")[0]).toBe(`${file} must export \`main\``);
  });

  it("of a main that is no function says so", async () => {
    const report = await course("explore", "number.ts");
    expect(report.code).toBe(1);
    expect(report.text.split("\n")[0]).toBe(
      "Panic: TypeError: `main` is not a function: write `export function main() { … }`",
    );
  });

  it("takes a seed up to the largest whole number", async () => {
    const report = await course("explore", "racy.ts", "--seed", "9007199254740991", "--strategy", "random");
    expect(report.code).toBe(1);
  });
});

describe("the real command line, with --json,", { timeout: 60_000 }, () => {
  const { npm_lifecycle_event: _, ...env } = process.env;
  const spawned = (...words: string[]) => {
    const ran = spawnSync(process.execPath, [MAIN, ...words, "--json"], { cwd: dir, encoding: "utf8", env });
    return { code: ran.status, json: JSON.parse(ran.stdout) as unknown, err: ran.stderr };
  };
  const HINT = "`help explore` shows what can be asked for.";

  it("prints one document for a mistake, and nothing else", () => {
    expect(spawned("explore", "whole")).toEqual({
      code: 2,
      json: {
        error: {
          kind: "usage",
          message: "`whole` is a folder: name the file in it that exports `main`.",
          hint: HINT,
        },
      },
      err: "",
    });
    expect(spawned()).toMatchObject({
      code: 2,
      json: { error: { kind: "usage", message: "A command is missing." } },
    });
  });

  it("prints one document for a program that does not compile", () => {
    expect(spawned("explore", "nothing.ts")).toMatchObject({
      code: 2,
      json: { outcome: "ungradable", diagnostics: [{ kind: "export" }] },
    });
  });

  it("writes a trace where it can, and keeps what was found", () => {
    expect(spawned("explore", "racy.ts", "--trace", "empty/trace.json").code).toBe(1);
    expect(JSON.parse(readFileSync(join(dir, "empty/trace.json"), "utf8"))).toHaveProperty("traceEvents");
    rmSync(join(dir, "empty/trace.json"));
  });
});
