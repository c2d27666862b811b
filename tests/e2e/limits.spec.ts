import { expect, test } from "./test.ts";
import { answer } from "./exercise-page.ts";

const HEAD = `import { sleep, spawn } from "std/thread";\nvoid sleep;\nvoid spawn;\nexport class StopSignal {}\n`;

/** Programs that go to a limit of a guest, on the stack that this browser gives a worker. */
const PROGRAMS: readonly (readonly [title: string, body: string, outcome: string])[] = [
  ["endless recursion", `const f = (n: number): number => f(n + 1) + 1; f(0);`, "called itself too deeply"],
  [
    "endless recursion through getters",
    `const o = { get v(): number { return o.v + 1; } }; void o.v;`,
    "called itself too deeply",
  ],
  [
    "endless recursion through sort",
    `const f = (): number => { [2, 1].sort(f); return 0; }; f();`,
    "called itself too deeply",
  ],
  [
    "endless recursion in a thread",
    `spawn(() => { function* g(): Generator<number> { yield* g(); } for (const n of g()) void n; }).join();`,
    "called itself too deeply",
  ],
  [
    "suspensions at the bottom of the deepest recursion",
    `let deepest = 0; let stop = Infinity; let done = 0;
const go = (n: number): void => { if (stop === Infinity) deepest = n; if (n < stop) [n].forEach(() => go(n + 1)); else sleep(1); };
try { go(0); } catch { /* full */ }
for (const share of [0.5, 0.9, 0.95, 1]) { stop = Math.floor(deepest * share); try { go(0); done += 1; } catch { /* full */ } }
throw new Error(done >= 3 ? "suspended at the bottom" : "never suspended");`,
    "suspended at the bottom",
  ],
  [
    "memory without end",
    `const all: number[][] = []; for (;;) all.push(new Array(10_000).fill(1));`,
    "more memory than a thread has",
  ],
  ["an ArrayBuffer of 2 GB", `new ArrayBuffer(2 ** 31 - 1);`, "more memory than a thread has"],
];

test("each limit of a guest is named where a program goes to it, and the page goes on working @laptop", async ({
  exercise,
}) => {
  test.setTimeout(120_000);
  await exercise.open();
  for (const [title, body, outcome] of PROGRAMS) {
    await exercise.paste(`${HEAD}(() => {
${body}
})();
export function withTimeout(): void {}
`);
    await exercise.run();
    await expect(exercise.results, title).toContainText(outcome);
    await exercise.paste(answer("solution"));
    await exercise.run();
    await expect(exercise.results, title).not.toContainText(outcome);
    await expect(exercise.results, title).toContainText("quick after 300 ms");
  }
});
