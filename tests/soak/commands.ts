import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";

/** Runs a program of this repository to its end, its output on the terminal; throws where it fails. */
function runWhole(words: readonly string[], env: Readonly<Record<string, string>> = {}): void {
  const [command = "", ...args] = words;
  const { status } = spawnSync(command, args, { stdio: "inherit", env: { ...process.env, ...env } });
  if (status !== 0) throw new Error(`${words.join(" ")} ended with ${status}`);
}

/** Every repaired program of the tests passes under `runs` schedules, or all it has. */
export function soakTwins(runs: number): void {
  runWhole(["vitest", "run", "tests/guest", "-t", "repaired|twin", "--testTimeout=600000"], {
    REPAIRED_RUNS: String(runs),
  });
}

/** Every program of tests/search is found from so many seeds, and passes under `runs` schedules, or all it has, once repaired. */
export function soakSearch(seeds: number, runs: number): void {
  runWhole(["vitest", "run", "tests/search", "--testTimeout=600000"], {
    SEARCH_SEEDS: String(seeds),
    ...(runs > 0 && { REPAIRED_RUNS: String(runs) }),
  });
}

/** Every check of every exercise's solution passes under `runs` schedules, or all it has. */
export function soakSolutions(runs: number): void {
  for (const slug of readdirSync("exercises")) {
    console.log(slug);
    const submission = `exercises/${slug}/solution`;
    runWhole([
      process.execPath,
      "src/cli/main.ts",
      "check",
      slug,
      "--submission",
      submission,
      "--runs",
      String(runs),
    ]);
  }
}
