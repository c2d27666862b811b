/** A small exercise with everything that an exercise has, whose checks really run. */
export const TALLY_INFO = {
  version: 1,
  title: "A tally",
  summary: "Count in several threads.",
  minutes: 10,
  difficulty: "easy",
  files: ["main.ts"],
  exports: ["count"],
  budget: { runs: 30 },
  points: { exact: 2, quick: 1 },
  hints: ["Look.", "Lock.", "Lock before you look."],
  hintsFor: [{ check: "exact", outcome: "check-failed", hint: "Two threads may look before either counts." }],
  wrong: [{ name: "racy", title: "Does not lock", fails: "exact" }],
};

export const SOLUTION = `import { Mutex } from "std/sync";
import { spawn } from "std/thread";

export function count(workers: number): number {
  const total = new Mutex(0);
  const all = Array.from({ length: workers }, () =>
    spawn(() => {
      using guard = total.lock();
      guard.value += 1;
    }),
  );
  for (const worker of all) worker.join();
  using guard = total.lock();
  return guard.value;
}
`;

export const RACY = `import { SharedCell } from "std/sync";
import { spawn } from "std/thread";

export function count(workers: number): number {
  const total = new SharedCell(0);
  const all = Array.from({ length: workers }, () => spawn(() => total.set(total.get() + 1)));
  for (const worker of all) worker.join();
  return total.get();
}
`;

export const CHECKS = `import { check, expect, kernelCalls } from "check";
import { count } from "./main";

check("exact", "Every worker counts once", () => {
  const got = count(2);
  expect(got === 2, () => \`Two workers counted, the tally is \${got}.\`);
});

check("quick", "Counting takes a few calls", () => {
  const before = kernelCalls();
  count(1);
  expect(kernelCalls() - before < 20, "One worker made more than 20 kernel calls.");
});
`;

/** The exercise's files, below \`exercises/tally/\`; \`changes\` replaces texts, null removes them. */
export function createTallyFiles(
  changes: Readonly<Record<string, string | null>> = {},
): Record<string, string> {
  const texts: Record<string, string | null> = {
    "exercise.json": JSON.stringify(TALLY_INFO, null, 2),
    "starter/main.ts": "export function count(workers: number): number {\n  return 0 * workers;\n}\n",
    "solution/main.ts": SOLUTION,
    "demo.ts": 'import { count } from "./main";\n\nconsole.log(count(3));\n',
    "checks.ts": CHECKS,
    "wrong/racy/main.ts": RACY,
    ...changes,
  };
  const kept = Object.entries(texts).filter((entry): entry is [string, string] => entry[1] !== null);
  return Object.fromEntries(kept.map(([path, text]) => [`exercises/tally/${path}`, text]));
}
