import type { RunResult } from "#machine";
import { fifo, loadChecks } from "../engine.ts";

/** Hidden checks of an imaginary exercise: the first two must fail for every learner of these tests, the third must pass. */
const CHECKS = `
import { answer, visit } from "./main";
import { check, expect, kernelCalls, ms, now } from "check";
import { sleep, spawn } from "std/thread";
import { channel, Mutex } from "std/sync";
check("answer", "the answer is 42", () => { expect(answer() === 42, "the answer is not 42"); }, { mayLeave: true });
check("visit", "42 is visited", () => { visit((n: number) => expect(n === 42, () => "visited " + n)); expect(true, ""); }, { mayLeave: true });
check("library", "the library works", () => {
  const started = now();
  const [tx, rx] = channel<{ n: number; at: Date; names: Map<string, number[]> }>();
  const total = new Mutex({ sum: 0, seen: [] as string[] });
  const threads = [1, 2].map((n) => { const own = tx.clone(); return spawn(() => { sleep(n); own.send({ n, at: new Date(n), names: new Map([["a", [n]]]) }); return [n]; }); });
  tx.drop();
  for (const message of rx) {
    using guard = total.lock();
    guard.value.sum += message.n + message.at.getTime() + message.names.get("a")![0]!;
    guard.value.seen.push(ms(now() - started));
  }
  const joined = threads.flatMap((thread) => thread.join());
  expect(joined.join() === "1,2", () => "joined " + joined.join());
  using guard = total.lock();
  expect(guard.value.sum === 9, "the sum is wrong");
  expect(guard.value.seen.join() === "1 ms,2 ms" || kernelCalls() < 0, "the times are wrong");
});
`;

const BEFORE = `import { sleep, spawn } from "std/thread"; import { channel, Condvar, Mutex, SharedCell } from "std/sync"; const attempt = (attack: () => void) => { try { attack(); } catch {} };`;

/** The three checks' results against a learner's module, and the ids that the program lists. */
export async function runChecks(learner: string): Promise<{ ids: string[]; results: RunResult[] }> {
  const answer = /export (const|function) answer/.test(learner) ? "" : "export const answer = () => 41;";
  const visit = learner.includes("export function visit")
    ? ""
    : "export function visit(f: (n: number) => void) { f(41); }";
  const program = await loadChecks([BEFORE, learner, answer, visit].join("\n"), CHECKS);
  const listed = program.run({ entry: { kind: "list" }, chooser: fifo }).checks ?? [];
  const results = listed.map(({ index, rules }) =>
    program.run({ entry: { kind: "check", index }, chooser: fifo, rules }),
  );
  return { ids: listed.map(({ id }) => id), results };
}
