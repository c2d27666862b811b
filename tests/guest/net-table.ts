import { expect } from "vitest";
import { run } from "../engine.ts";
import type { Expected } from "./table.ts";

/** One line, so that a program's own lines begin at 2. */
export const NET_IMPORTS =
  'import { spawn, sleep } from "std/thread"; import { AtomicBool, channel, Mutex } from "std/sync"; import { Instant } from "std/time"; ' +
  'import { TcpListener, TcpStream, poll, type Result } from "std/net"; import { connectPeer, listenPeer, network } from "world"; ' +
  "const show = (r: { ok: boolean; value?: unknown; error?: unknown }) => (r.ok ? `ok ${r.value}` : `error ${r.error}`); " +
  "function must<T, E>(r: Result<T, E>): T { if (!r.ok) throw new Error(String(r.error)); return r.value; } " +
  "const text = (bytes: Uint8Array) => String.fromCharCode(...bytes); " +
  "/** All that comes until the end. */ function readAll(s: TcpStream): string { let all = ''; for (;;) { const b = must(s.read(4096)); if (b.length === 0) return all; all += text(b); } } " +
  "/** Both ends of a connection. */ function pair(): [TcpStream, TcpStream] { const l = must(TcpListener.bind(9)); const c = must(TcpStream.connect(9)); const s = must(l.accept()); l.close(); return [c, s]; }";

/** A program that is the body of its `main`. */
export function netProgram(body: string): string {
  return `${NET_IMPORTS} export function main() {\n${body}\n}`;
}

/** Runs the body of a `main` under the default schedule. */
export async function checkNet(body: string, expected: Expected): Promise<void> {
  const { outcome, printed } = await run(netProgram(body));
  const { kind, message, place } = outcome;
  if ("printed" in expected) {
    expect(`${kind} ${message}`.trim()).toBe("passed");
    expect(printed.map(({ text }) => text)).toEqual(expected.printed);
  } else {
    const at = expected.place === undefined ? {} : { place: `${place?.line}:${place?.column}` };
    expect({ kind, message, ...at }).toEqual(expected);
  }
}
