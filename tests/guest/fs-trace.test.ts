import { expect, it } from "vitest";
import { describeSteps } from "#machine";
import { fifo, load } from "../engine.ts";

const PROGRAM = `
import { spawn } from "std/thread";
import { File, exists, remove, rename } from "std/fs";
import { putFile } from "world";
const get = <T>(r: { ok: true; value: T } | { ok: false; error: string }): T => { if (!r.ok) throw new Error(r.error); return r.value; };
export function main() {
  putFile("old.txt", "before");
  const log = get(File.append("log.txt"));
  log.write("hä\\n");
  log.write(new Uint8Array([0, 255]));
  log.sync();
  log.seek(0);
  log.read(4);
  log.seek(0, "end");
  log.read(1);
  get(log.tryClone());
  log.close();
  exists("nope");
  File.open("nope");
  remove("nope");
  rename("old.txt", "new.txt");
  remove("new.txt");
}
`;

it("the trace tells what was done with which file, and shows bytes as text where they are text", async () => {
  const loaded = await load(PROGRAM);
  const result = loaded.run({ entry: { kind: "main" }, chooser: fifo, record: true });
  expect(result.outcome.message).toBe("");
  expect(describeSteps(result, loaded.program).map((step) => step.text)).toEqual([
    "begins to open a file",
    'opens "log.txt"; begins to write to `log.txt`',
    'writes "hä\\n" to `log.txt`; begins to write to `log.txt`',
    "writes 2 bytes: 0 255 to `log.txt`; begins to sync `log.txt`",
    "has synced `log.txt`; moves to byte 0 of `log.txt`; begins to read `log.txt`",
    'reads "hä\\n" from `log.txt`; moves to byte 6 of `log.txt`; begins to read `log.txt`',
    'finds no more in `log.txt`; clones its handle of "log.txt"; closes "log.txt"; begins to look for a file',
    "finds that a file does not exist; begins to open a file",
    "cannot open a file: there is none of that name; begins to remove a file",
    "cannot remove a file: there is none of that name; begins to rename a file",
    'renames "old.txt" to "new.txt"; begins to remove a file',
    'removes "new.txt"',
  ]);
});

it("who waits for the disk when nothing else goes on is said by name", async () => {
  const loaded = await load(`
import { spawn } from "std/thread";
import { File } from "std/fs";
import { disk } from "world";
export function main() {
  disk({ syncMs: 5_000 });
  const opened = File.create("log.txt");
  if (opened.ok) { const log = opened.value; spawn(() => log.sync()); }
}`);
  const { outcome } = loaded.run({ entry: { kind: "main" }, chooser: fifo });
  expect([outcome.kind, outcome.message]).toEqual([
    "leak",
    "worker-1 was still there 1,000 ms after the rest had ended: it syncs `log.txt` until 5,000.1 ms.",
  ]);
});
