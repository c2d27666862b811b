import { CALLS, type FileEvent as KernelEvent } from "#abi";
import { decodeBytes, encodeData } from "../core/bytes.ts";
import { toNs } from "../core/duration.ts";
import { inspect } from "../core/inspect.ts";
import { type Encoded, kernelCall } from "../core/kernel.ts";
import { checkPath } from "../core/path.ts";

/** How long the disk takes and how much it holds; what is not said stays as it was. Times are virtual milliseconds. */
export interface DiskSettings {
  /** To open, look for, remove or rename a file; 0.1 unless set. */
  readonly openMs?: number;
  /** For each read; 0.01 unless set. */
  readonly readMs?: number;
  /** For each write; 0.01 unless set. */
  readonly writeMs?: number;
  /** For each sync; 5 unless set. */
  readonly syncMs?: number;
  /** For each 4 KiB that a read or write moves beyond the first; 0.004 unless set. */
  readonly pageMs?: number;
  /** Room of all files together; 4 MiB unless set. Only for the whole disk. */
  readonly bytesMax?: number;
  /** Files that can be open at the same time; 256 unless set. Only for the whole disk. */
  readonly openMax?: number;
}

/** What a thread did with a file. */
export interface FileEvent {
  /** When it took effect. */
  readonly ms: number;
  /** The thread's name. */
  readonly thread: string;
  /** `empty`: a file with content was opened in a way that empties it. */
  readonly what: KernelEvent["what"];
  /** Where it read or wrote, from the start of the file; 0 for others. */
  readonly at: number;
  /** How many bytes it read or wrote; 0 for others. */
  readonly bytes: number;
}

/** Sets how the disk behaves from now on, for all files or for the one called `path`. */
export function disk(settings: DiskSettings, path?: string): void {
  const { openMs, readMs, writeMs, syncMs, pageMs, bytesMax, openMax } = settings;
  if (path !== undefined && (bytesMax !== undefined || openMax !== undefined))
    throw new TypeError(
      "disk(settings, path): bytesMax and openMax hold for the whole disk; leave the path away",
    );
  const time = (ms: number | undefined, name: string): number | undefined =>
    ms === undefined ? undefined : toNs(ms, `disk({ ${name} })`);
  const changed = {
    openNs: time(openMs, "openMs"),
    readNs: time(readMs, "readMs"),
    writeNs: time(writeMs, "writeMs"),
    syncNs: time(syncMs, "syncMs"),
    pageNs: time(pageMs, "pageMs"),
    bytesMax: amount(bytesMax, "bytesMax"),
    openMax: amount(openMax, "openMax"),
  };
  const named = path === undefined ? null : checkPath(path, "disk(settings, path)");
  // JSON leaves out what is undefined.
  kernelCall(CALLS.diskConfigure, 0, 0, `j${JSON.stringify({ path: named, settings: changed })}`);
}

function amount(value: number | undefined, name: string): number | undefined {
  if (value === undefined || (Number.isFinite(value) && value > 0)) return value;
  throw new RangeError(`disk({ ${name} }) needs a number above 0, got ${inspect(value)}`);
}

/** Puts a file onto the disk, as though it had been there, synced, before the program began; replaces one of that name. */
export function putFile(path: string, content: Uint8Array | string): void {
  const named = checkPath(path, "putFile(path, content)");
  const bytes = encodeData(content, "putFile(path, content)").slice(1);
  kernelCall(CALLS.diskPut, 0, 0, `j${JSON.stringify([named, bytes])}`);
}

/** Takes a file off the disk, as though it had never been there. */
export function takeFile(path: string): void {
  kernelCall(CALLS.diskPut, 0, 0, `j${JSON.stringify([checkPath(path, "takeFile(path)"), null])}`);
}

/**
 * What the file held at the end of the instant `atMs`, synced or not, as the program would have read it; null where
 * there was none. Without `atMs`: now.
 */
export function fileContent(path: string, atMs?: number): Uint8Array | null {
  const named = checkPath(path, "fileContent(path)");
  const reply = kernelCall(CALLS.diskContent, 0, instant(atMs, "fileContent(path, atMs)"), `s${named}`);
  return reply === "z" ? null : decodeBytes(reply);
}

/**
 * What the file can hold when the machine crashes at the end of the instant `atMs` (without it: now) and starts again,
 * each possible content once, null for no file: the least that can be left first, the most last. Everything that was
 * synced is there; of the writes since then there are none, or the first ones, the last of them whole or torn in its
 * middle. At most 64 contents and about 1 MiB: where more are possible, evenly spread ones.
 */
export function diskAfterCrash(path: string, atMs?: number): (Uint8Array | null)[] {
  const named = checkPath(path, "diskAfterCrash(path)");
  const reply = kernelCall(CALLS.diskAfterCrash, 0, instant(atMs, "diskAfterCrash(path, atMs)"), `s${named}`);
  return parse<(string | null)[]>(reply).map((text) => (text === null ? null : decodeBytes(`b${text}`)));
}

/**
 * The instants, in milliseconds and in order, at which something changed in what a crash could leave of the file:
 * written, synced, made, renamed, removed. Between two of them `diskAfterCrash` stays the same, so a property that
 * holds at each of them holds at every instant; one about how old the lost data are is worst just before the next.
 */
export function crashPoints(path: string): number[] {
  const named = checkPath(path, "crashPoints(path)");
  return parse<number[]>(kernelCall(CALLS.diskCrashPoints, 0, 0, `s${named}`)).map((ns) => ns / 1_000_000);
}

/** What threads did with files that they opened (or named) under this name, in order. */
export function fileEvents(path: string): FileEvent[] {
  const named = checkPath(path, "fileEvents(path)");
  const events = parse<KernelEvent[]>(kernelCall(CALLS.diskEvents, 0, 0, `s${named}`));
  return events.map(({ timeNs, ...event }) => ({ ms: timeNs / 1_000_000, ...event }));
}

function parse<T>(reply: Encoded): T {
  return JSON.parse(String(reply).slice(1)) as T;
}

/** Without an instant the end of time: nothing has happened after this moment. */
function instant(atMs: number | undefined, what: string): number {
  return atMs === undefined ? Number.MAX_SAFE_INTEGER : toNs(atMs, what);
}
