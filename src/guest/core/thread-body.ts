import { CALLS } from "#abi";
import { encode } from "./codec.ts";
import { disown } from "./copies.ts";
import { isError, stackOf, textOf } from "./kinds.ts";
import { kernelCall } from "./kernel.ts";
import { inspect } from "./inspect.ts";
import { becomeThread } from "./misuse.ts";

/** A thread about to be made. */
export interface Spawned {
  readonly name: string;
  readonly body: () => unknown;
  /** Everything the body can reach, which stays its parent's. */
  readonly objects: ReadonlyMap<object, string>;
}

let spawned: Spawned | null = null;

/** Makes the kernel call that copies this guest; the copy begins in `runSpawned`. Returns the new thread's number. */
export function fork(thread: Spawned, endpoints: string): number {
  spawned = thread;
  return kernelCall(CALLS.spawn, 0, 0, `s${thread.name}\n${endpoints}`) as number;
}

/** Where the copy begins: runs the thread's body to its end and tells the kernel how it ended. */
export function runSpawned(): void {
  if (spawned === null) return;
  const { name, body, objects } = spawned;
  becomeThread(name);
  disown(objects);
  for (const forget of forgets) forget();
  let result;
  try {
    const value = body();
    endBody(false);
    result = encode(value, "result");
  } catch (error) {
    endQuietly();
    for (const letGo of panics) letGo();
    return reportPanic(error);
  }
  kernelCall(CALLS.exit, 0, 0, result);
}

const forgets: (() => void)[] = [];
const panics: (() => void)[] = [];
const endings: ((isFirst: boolean) => void)[] = [];

/** `forget` runs at the start of the copy that a spawn made: what was under way there is its parent's. */
export function becameAnother(forget: () => void): void {
  forgets.push(forget);
}

/** `letGo` runs when an error has left the body of a thread that others may be waiting for. */
export function panicking(letGo: () => void): void {
  panics.push(letGo);
}

/** `ending` runs when the body of a thread has returned, or an error has left it. */
export function endingBody(ending: (isFirst: boolean) => void): void {
  endings.push(ending);
}

/** What is left to do once a thread's body has returned. */
export function endBody(isFirst: boolean): void {
  for (const ending of endings) ending(isFirst);
}

/** The body's own panic is the one that counts. */
function endQuietly(): void {
  try {
    endBody(false);
  } catch {
    // A second panic while cleaning up after the first.
  }
}

/** `name\nmessage` of what was thrown: how a panic is kept for whoever joins. */
export function panicText(error: unknown): string {
  const known = isError(error);
  const name = known ? textOf(error, "name") : "thrown value";
  return `${line(name)}\n${known ? textOf(error, "message") : describe(error)}`.toWellFormed();
}

/** The error that `panicText` was made of, for whoever joins. */
export function panicOf(text: string): Error {
  const [name = "Error", ...message] = text.split("\n");
  const error = new Error(message.join("\n"));
  error.name = name;
  return error;
}

/** Ends the run where `error` says that the stack or the memory ran out: no task survives that. */
export function reportFatal(error: unknown): void {
  if (limitFlag(error) !== 0) reportPanic(error);
}

/** Tells the kernel that `error` left the thread's body. The form is read by Kernel.panic. */
export function reportPanic(error: unknown): void {
  const known = isError(error);
  const name = known ? textOf(error, "name") : "thrown value";
  const message = known ? textOf(error, "message") : describe(error);
  const stack = known ? stackOf(error) : "";
  kernelCall(
    CALLS.panic,
    0,
    0,
    `p${limitFlag(error)}\n${line(name)}\n${line(message)}\n${stack}`.toWellFormed(),
  );
}

/** Of the engine's own failures; the constructor is taken from programs (globals.ts). */
const INTERNAL_ERROR = (Reflect.get(globalThis, "InternalError") as { prototype: object } | undefined)
  ?.prototype;

const MEMORY = ["out of memory", "string too long"];

/** 1: the stack ran out; 2: the memory did. Told by the engine's own wording. */
function limitFlag(error: unknown): number {
  if (!isError(error)) return 0;
  const message = ownText(error, "message");
  const prototype: unknown = Object.getPrototypeOf(error);
  if (prototype === RangeError.prototype && message === "Maximum call stack size exceeded") return 1;
  if (prototype === INTERNAL_ERROR && MEMORY.includes(message)) return 2;
  return 0;
}

/** The engine's own errors hold their message themselves. */
function ownText(error: Error, field: "message"): string {
  const value: unknown = Reflect.getOwnPropertyDescriptor(error, field)?.value;
  return typeof value === "string" ? value : "";
}

function line(text: string): string {
  return text.replaceAll("\n", "\u2028");
}

function describe(value: unknown): string {
  try {
    return inspect(value);
  } catch {
    return "an object";
  }
}
