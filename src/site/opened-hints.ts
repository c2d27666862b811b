import { isRecord, readStored, stringsOf, writeStored } from "./browser-storage.ts";

/** Which hints of an exercise the learner has asked for. */
export interface OpenedHints {
  /** How many of the exercise's own, from the first. */
  readonly levels: number;
  /** Checks whose hint was opened. */
  readonly checks: readonly string[];
}

const key = (slug: string, version: number) => `interleave:hints:${slug}:v${version}`;

export function readOpenedHints(slug: string, version: number): OpenedHints {
  const value = readStored(key(slug, version));
  if (!isRecord(value)) return { levels: 0, checks: [] };
  const levels = typeof value["levels"] === "number" ? value["levels"] : 0;
  return { levels, checks: stringsOf(value["checks"]) };
}

/** Remembers that the hint of a level, counted from 1, was opened. */
export function openHintLevel(slug: string, version: number, level: number): void {
  const opened = readOpenedHints(slug, version);
  if (level > opened.levels) writeStored(key(slug, version), { ...opened, levels: level });
}

/** Remembers that the hint of a failing check was opened. */
export function openCheckHint(slug: string, version: number, check: string): void {
  const opened = readOpenedHints(slug, version);
  if (!opened.checks.includes(check))
    writeStored(key(slug, version), { ...opened, checks: [...opened.checks, check] });
}
