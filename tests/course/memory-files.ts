import type { TextFiles } from "#course";

/** A repository in memory. */
export function createMemoryFiles(texts: Readonly<Record<string, string>>): TextFiles {
  return {
    readText: (path) => Promise.resolve(texts[path] ?? null),
    list(dir) {
      const names = Object.keys(texts)
        .filter((path) => path.startsWith(`${dir}/`))
        .map((path) => path.slice(dir.length + 1).replace(/\/.*/, "/"));
      return Promise.resolve([...new Set(names)].sort());
    },
  };
}

export const INFO = {
  version: 1,
  title: "A counter",
  summary: "Count from two threads.",
  minutes: 10,
  difficulty: "easy",
  files: ["main.ts"],
  exports: ["count"],
  points: { exact: 2, quick: 1 },
  hints: ["one", "two", "three"],
  wrong: [{ name: "racy", title: "Does not lock", fails: "exact" }],
};

/** The files of a small exercise; `changes` replaces texts, null removes them. */
export function createExerciseFiles(
  changes: Readonly<Record<string, string | null>> = {},
): Record<string, string> {
  const texts: Record<string, string | null> = {
    "exercise.json": JSON.stringify(INFO),
    "starter/main.ts": "starter",
    "solution/main.ts": "solution",
    "solution/lock.ts": "lock",
    "demo.ts": "demo",
    "checks.ts": "checks",
    "wrong/racy/main.ts": "racy",
    ...changes,
  };
  const kept = Object.entries(texts).filter((entry): entry is [string, string] => entry[1] !== null);
  return Object.fromEntries(kept.map(([path, text]) => [`exercises/counter/${path}`, text]));
}
