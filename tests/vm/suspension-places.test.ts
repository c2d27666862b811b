import { expect, it } from "vitest";
import { fifo, load, seeded } from "../engine.ts";
import { PLACES } from "./suspension-places.ts";

/** Ways to suspend: the first does not, and says what every other must print too. */
const PAUSES: readonly (readonly [way: string, code: string])[] = [
  ["never suspended", `const pause = <T,>(x: T): T => x;`],
  ["suspended by a sleep", `const pause = <T,>(x: T): T => { sleep(1); return x; };`],
  [
    "suspended while another thread runs",
    `const pause = <T,>(x: T): T => { yieldNow(); sleep(0); yieldNow(); return x; };`,
  ],
  [
    "forked, and the copy's answer is the parent's",
    `const pause = <T,>(x: T): T => { let answer = "parent"; const t = spawn(() => { const seen = answer + count; sleep(1); return seen; }); answer = "changed"; if (t.join() !== "parent" + count++) throw new Error("the copy saw another parent"); return x; };`,
  ],
  [
    "forked twice, the copies resumed after the parent and in turns",
    `const pause = <T,>(x: T): T => { const mine = count++; const a = spawn(() => { sleep(2); const b = spawn(() => { yieldNow(); return mine; }); return b.join(); }); const c = spawn(() => { sleep(1); return mine; }); sleep(3); if (a.join() + c.join() !== 2 * mine) throw new Error("copies mixed up"); return x; };`,
  ],
];

const sourceOf = (pause: string, body: string): string =>
  `import { spawn, sleep, yieldNow } from "std/thread";
import { AtomicBool } from "std/sync";
let count = 0;
${pause}
export function main() {
  void count;
  const over = new AtomicBool(false);
  const other = spawn(() => { while (!over.load()) sleep(0.1); });
  ${body}
  over.store(true);
  other.join();
}`;

it.each(PLACES)(
  "in %s a thread may suspend and fork, and goes on as if it had not",
  async (_title, body, lines) => {
    for (const [way, pause] of PAUSES) {
      const program = await load(sourceOf(pause, body));
      for (const chooser of [fifo, seeded(1), seeded(2)]) {
        // Every copy of a guest may go up to the limit of threads; these bodies pause some 40 times.
        const result = program.run({ entry: { kind: "main" }, chooser, limits: { threadsMax: 200 } });
        expect([way, result.outcome.message, result.printed.map((line) => line.text)]).toEqual([
          way,
          "",
          lines,
        ]);
      }
    }
  },
);
