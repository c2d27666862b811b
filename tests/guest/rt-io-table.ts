import { expect } from "vitest";
import { type RunResult } from "#machine";
import { run } from "../engine.ts";
import { NET_IMPORTS } from "./net-table.ts";
import { RT_IMPORTS } from "./rt-table.ts";
import type { Expected } from "./table.ts";

/** One line, so that a program's own lines begin at 2. */
const IMPORTS =
  `${NET_IMPORTS} ${RT_IMPORTS}` +
  'import { Mutex as Lock } from "rt/sync"; import { AsyncTcpListener, AsyncTcpStream } from "rt/net"; import { AsyncFile, exists, read, readToString, remove, rename, write } from "rt/fs"; ' +
  'import { File, readToString as textOf } from "std/fs"; import { disk } from "world"; ' +
  "/** Both ends of a connection. */ function* both(): Async<[AsyncTcpStream, AsyncTcpStream]> { using l = must(AsyncTcpListener.bind(9)); const c = must(yield* AsyncTcpStream.connect(9)); return [c, must(yield* l.accept())]; } " +
  "/** All that comes until the end. */ function* drain(s: AsyncTcpStream): Async<string> { let all = ''; for (;;) { const b = must(yield* s.read(4096)); if (b.length === 0) return all; all += text(b); } } ";

/** A program of sockets and files that are futures: the body of an async function, from line 2 on, or a whole module. */
export function ioProgram(body: string): string {
  return body.includes("export function main")
    ? `${IMPORTS}\n${body}`
    : `${IMPORTS} export function main() { blockOn(body()); } function* body(): Async<void> {\n${body}\n}`;
}

/** Runs it under the default schedule; there must be no warning. */
export async function checkIo(body: string, expected: Expected): Promise<void> {
  expectEnd(await run(ioProgram(body)), expected);
}

function expectEnd({ outcome, printed, warnings }: RunResult, expected: Expected): void {
  const { kind, message, place } = outcome;
  if ("printed" in expected) {
    expect(`${kind} ${message}`.trim()).toBe("passed");
    expect(printed.map(({ text }) => text)).toEqual(expected.printed);
    expect(warnings.map((warning) => warning.message)).toEqual([]);
  } else {
    const at = expected.place === undefined ? {} : { place: `${place?.line}:${place?.column}` };
    expect({ kind, message, ...at }).toEqual(expected);
  }
}
