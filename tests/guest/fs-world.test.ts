import { expect, it } from "vitest";
import type { RunResult } from "#machine";
import { fifo, loadChecks, seeded } from "../engine.ts";

/** A journal with one line an entry: `careful` syncs each before it says that it is safe. */
const MAIN = `
import { File, readToString } from "std/fs";
const get = <T>(r: { ok: true; value: T } | { ok: false; error: string }): T => { if (!r.ok) throw new Error(r.error); return r.value; };
export function log(entries: number, careful: boolean, told: (entry: number) => void): void {
  using journal = get(File.append("journal"));
  for (let i = 1; i <= entries; i++) {
    journal.writeAll(\`entry \${i}\\n\`);
    if (careful) journal.sync();
    told(i);
  }
}
export const load = (path: string) => readToString(path);
`;

const CHECKS = `
import { check, crashPoints, disk, diskAfterCrash, expect, fileContent, fileEvents, now, putFile, takeFile } from "check";
import { spawn } from "std/thread";
import { File, remove, rename } from "std/fs";
import { load, log } from "./main";
const text = (bytes: Uint8Array | null) => bytes === null ? "none" : String.fromCharCode(...bytes);
`;

async function runCheck(body: string, seed = -1): Promise<RunResult> {
  const program = await loadChecks(MAIN, `${CHECKS} check("it", "it", () => {\n${body}\n});`);
  return program.run({ entry: { kind: "check", index: 0 }, chooser: seed < 0 ? fifo : seeded(seed) });
}

/** What the check prints under the default schedule. */
const SHOWN: readonly (readonly [title: string, body: string, lines: readonly string[]])[] = [
  [
    "a file put there is found by the program, at once and in no time",
    `putFile("data/a.txt", "hello"); console.log(now(), load("data/a.txt")); takeFile("data/a.txt"); console.log(load("data/a.txt"));`,
    ['0 { ok: true, value: "hello" }', '{ ok: false, error: "not-found" }'],
  ],
  [
    "a file put over another is what readers find, also those that have it open",
    `putFile("a", "older"); const r = File.open("a"); putFile("a", new Uint8Array([110, 101, 119])); console.log(load("a"), r.ok && r.value.readToString());`,
    ['{ ok: true, value: "new" } { ok: true, value: "new" }'],
  ],
  [
    "what a file held can be asked for every instant",
    `putFile("journal", "0\\n"); log(2, true, () => {}); for (const at of [0, 0.12, 5, 5.2, 20]) console.log(at, JSON.stringify(text(fileContent("journal", at)))); console.log(text(fileContent("journal")) === text(fileContent("journal", now())), fileContent("none"));`,
    [
      '0 "0\\n"',
      '0.12 "0\\nentry 1\\n"',
      '5 "0\\nentry 1\\n"',
      '5.2 "0\\nentry 1\\nentry 2\\n"',
      '20 "0\\nentry 1\\nentry 2\\n"',
      "true null",
    ],
  ],
  [
    "a crash leaves what was synced, and of the rest a prefix, torn or not",
    `putFile("journal", ""); log(2, false, () => {}); for (const c of diskAfterCrash("journal")) console.log(JSON.stringify(text(c)));`,
    ['""', '"entr"', '"entry 1\\n"', '"entry 1\\nentr"', '"entry 1\\nentry 2\\n"'],
  ],
  [
    "a file that was never synced can be missing",
    `log(1, false, () => {}); console.log(diskAfterCrash("journal").map(text), diskAfterCrash("journal", 0.05));`,
    ['["none", "", "entr", "entry 1\\n"] [null]'],
  ],
  [
    "crash points are the instants at which something changed",
    `putFile("journal", ""); log(2, true, () => {}); console.log(crashPoints("journal"), crashPoints("nothing"));`,
    ["[0, 0.11, 5.11, 5.12, 10.12] []"],
  ],
  [
    "what each thread did with a file is listed",
    `putFile("journal", "x"); spawn(() => log(1, true, () => {}), { name: "logger" }).join(); load("journal"); for (const e of fileEvents("journal")) console.log(e.ms, e.thread, e.what, e.at, e.bytes);`,
    [
      "0.1 logger open 0 0",
      "0.11 logger write 1 8",
      "5.11 logger sync 0 0",
      "5.21 main open 0 0",
      "5.22 main read 0 9",
      "5.23 main read 9 0",
    ],
  ],
  [
    "a file that is emptied, renamed and removed is listed under each of its names",
    `putFile("a", "x"); File.create("a"); rename("a", "b"); remove("b"); remove("b"); rename("b", "c"); File.open("c"); for (const n of ["a", "b", "c"]) console.log(n, fileEvents(n).map((e) => e.what).join(" "));`,
    ["a open empty rename", "b rename remove", "c "],
  ],
  [
    "times and room can be set, for all files or for one",
    `disk({ openMs: 1, readMs: 2, writeMs: 3, syncMs: 4, pageMs: 6 }); disk({ openMs: 100 }, "slow"); log(1, true, () => {}); console.log(now()); load("journal"); console.log(now()); load("slow"); console.log(now()); disk({ bytesMax: 10 }); const f = File.append("journal"); console.log(f.ok && f.value.write("abc"), f.ok && f.value.write("abc")); disk({ openMax: 1 }); console.log(load("journal"));`,
    [
      "8",
      "13",
      "113",
      '{ ok: true, value: 2 } { ok: false, error: "no-space" }',
      '{ ok: false, error: "too-many-open-files" }',
    ],
  ],
];

it.each(SHOWN)("%s", async (_title, body, lines) => {
  const { outcome, printed } = await runCheck(body);
  expect(`${outcome.kind} ${outcome.message}`.trim()).toBe("passed");
  expect(printed.map((line) => line.text)).toEqual(lines);
});

/** Every entry that was told to be safe is found after a crash at any instant since. */
const durable = (careful: boolean): string => `
putFile("journal", "");
const told: { entry: number; ms: number }[] = [];
log(3, ${careful}, (entry) => told.push({ entry, ms: now() }));
for (const at of crashPoints("journal"))
  for (const left of diskAfterCrash("journal", at))
    for (const { entry, ms } of told)
      if (ms <= at) expect(text(left).includes("entry " + entry + "\\n"), "entry " + entry + " was told at " + ms + " ms and lost by a crash at " + at + " ms");`;

it("a journal that does not sync loses what it told, in the check's own words; one that syncs loses nothing", async () => {
  const { outcome } = await runCheck(durable(false));
  expect([outcome.kind, outcome.message]).toEqual([
    "check-failed",
    "entry 1 was told at 0.11 ms and lost by a crash at 0.11 ms",
  ]);
  for (let seed = -1; seed < 20; seed++) {
    const careful = await runCheck(durable(true), seed);
    expect(careful.outcome.kind).toBe("passed");
    expect(careful.expectations).toBeGreaterThan(10);
  }
});

const REFUSED: readonly (readonly [call: string, message: string])[] = [
  [
    `putFile("/a", "")`,
    'PathError: putFile(path, content) cannot use "/a": names begin at the program\'s own folder, not with `/`. Write "a".',
  ],
  [`putFile("a", 3 as any)`, "TypeError: putFile(path, content) needs text or a Uint8Array, got 3"],
  [`disk({ openMax: 0 })`, "RangeError: disk({ openMax }) needs a number above 0, got 0"],
  [
    `disk({ syncMs: -1 })`,
    "RangeError: disk({ syncMs }) needs a number of milliseconds from 0 to 8640000000, got -1",
  ],
  [
    `disk({ openMax: 3 }, "a")`,
    "TypeError: disk(settings, path): bytesMax and openMax hold for the whole disk; leave the path away",
  ],
  [
    `diskAfterCrash("a", NaN)`,
    "RangeError: diskAfterCrash(path, atMs) needs a number of milliseconds from 0 to 8640000000, got NaN",
  ],
];

it.each(REFUSED)("%s is refused with the cure", async (call, message) => {
  const { outcome } = await runCheck(`${call};`);
  expect([outcome.kind, outcome.message]).toEqual(["panic", message]);
});
