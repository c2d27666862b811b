import { expect } from "vitest";
import type { OutcomeKind } from "#abi";
import { run } from "../engine.ts";

/** How a program ends: with these printed lines, or otherwise, with its message and place (line:column). */
export type Expected =
  | { readonly printed: readonly string[] }
  | { readonly kind: OutcomeKind; readonly message: string; readonly place?: string };

export type Row = readonly [title: string, program: string, expected: Expected];

export function prints(...printed: string[]): Expected {
  return { printed };
}

export function ends(kind: OutcomeKind, message: string, place?: string): Expected {
  return { kind, message, ...(place === undefined ? {} : { place }) };
}

/** Another thread than its maker changes `name`. */
export function refusesCopy(name: string, place: string, thread = "worker-1"): Expected {
  const message = `${thread} changes its own copy of \`${name}\`; nobody else sees that. Put it into a Mutex, or send the result through a channel.`;
  return ends("misuse", message, place);
}

/** `name` is used at `place` after the spawn (or call) at `movedAt` took it. */
export function refusesMoved(name: string, into: string, movedAt: string, place: string): Expected {
  const message = `main uses \`${name}\` after it moved into ${into} (main.ts:${movedAt}). Clone it first and move the clone: \`${name}.clone()\`.`;
  return ends("misuse", message, place);
}

const IMPORTS =
  'import { type JoinHandle, spawn, sleep, yieldNow } from "std/thread"; import { channel, type Sender, Mutex, SharedCell } from "std/sync"; import { Instant } from "std/time"; ' +
  "const show = (r: { ok: boolean; value?: unknown; error?: unknown }) => (r.ok ? `ok ${r.value}` : `error ${r.error}`);";

/** Runs a program whose second line is the first of `program`: a whole module, or the body of its `main`. */
export async function checkRow(program: string, expected: Expected): Promise<void> {
  const isModule = program.includes("export function main");
  const source = isModule ? `${IMPORTS}\n${program}` : `${IMPORTS} export function main() {\n${program}\n}`;
  const { outcome, printed } = await run(source);
  const { kind, message, place } = outcome;
  if ("printed" in expected) {
    expect(`${kind} ${message}`.trim()).toBe("passed");
    expect(printed.map(({ text }) => text)).toEqual(expected.printed);
  } else {
    const at = place === undefined ? {} : { place: `${place.line}:${place.column}` };
    expect({ kind, message, ...at }).toEqual(expected);
  }
}
