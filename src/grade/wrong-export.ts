import type { Outcome, RunResult } from "#machine";
import type { Suite } from "./suite.ts";

/** What the engine says where a check calls an export that cannot be called so, and what that means. */
const MEANINGS: readonly (readonly [thrown: RegExp, meaning: (name: string) => string])[] = [
  [
    /^TypeError: not a function$/,
    (name) => `but it is not a function. Write \`export function ${name}(…) { … }\`.`,
  ],
  [
    /^TypeError: class constructors must be invoked with 'new'$/,
    (name) => `but it is a class, and the check calls it. Write \`export function ${name}(…) { … }\`.`,
  ],
  [
    /^TypeError: not a constructor$/,
    (name) => `but it is not a class. Write \`export class ${name} { … }\`.`,
  ],
];

/**
 * The message for a run that ended where the check itself used one of the learner's exports as what it is not: the
 * engine's words name a line of the hidden checks only. Undefined for every other end.
 */
export function describeWrongExport(
  { program, text, exportsOf }: Pick<Suite, "program" | "text" | "exportsOf">,
  outcome: Outcome,
  { trace }: RunResult,
): string | undefined {
  if (outcome.kind !== "panic" || (outcome.place && !program.hidden.includes(outcome.place.file)))
    return undefined;
  const meaning = MEANINGS.find(([thrown]) => thrown.test(outcome.message))?.[1];
  const thrown = trace?.events.findLast(
    (event) => event.kind === "panicked" && event.thread === outcome.thread,
  );
  const site = program.sites[thrown?.site ?? 0];
  if (meaning === undefined || site === undefined || !program.hidden.includes(site.file)) return undefined;
  const called = text.split("\n")[site.line - 1]?.slice(site.column - 1) ?? "";
  const name = /^(?:new\s+)?([\w$]+)/.exec(called)?.[1] ?? "";
  if (!exportsOf.names.includes(name)) return undefined;
  return `${exportsOf.file} exports \`${name}\`, ${meaning(name)}`;
}
