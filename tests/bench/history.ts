import { execFileSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import type { Figure } from "./main.ts";

const FILE = "tests/bench/history.jsonl";

/** Appends one line: the commit (with a "+" where sources differ from it), and each figure's median. Lines of one machine can be compared, of two cannot. */
export function saveFigures(figures: readonly Figure[]): void {
  const git = (...words: string[]): string => execFileSync("git", words, { encoding: "utf8" }).trim();
  const commit =
    git("rev-parse", "--short", "HEAD") + (git("status", "--porcelain", "src") === "" ? "" : "+");
  const medians = Object.fromEntries(
    figures.map(({ name, unit, median }) => [`${name}, ${unit}`, Number(median.toPrecision(4))]),
  );
  appendFileSync(FILE, `${JSON.stringify({ commit, node: process.version, figures: medians })}\n`);
}
