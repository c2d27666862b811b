import { CALLS } from "#abi";
import { decode, encode } from "./codec.ts";
import { inspect } from "./inspect.ts";
import { kernelCall } from "./kernel.ts";

/** What a program might reach for out of habit, and what to use here instead. */
const INSTEAD: Readonly<Record<string, string>> = {
  setTimeout: "`sleep` from std/thread, in a thread of its own",
  setInterval: "a loop with `sleep` from std/thread",
  setImmediate: "`yieldNow` from std/thread",
  queueMicrotask: "`spawn` from std/thread",
  fetch: "a channel from std/sync: this machine has no internet",
  Promise: "threads (std/thread) and channels (std/sync)",
  Worker: "`spawn` from std/thread",
  SharedArrayBuffer: "`SharedCell` or `Mutex` from std/sync",
  Atomics: "`AtomicBool` from std/sync",
  performance: "`Instant` from std/time",
  require: "`import` at the top of the file",
  process: "nothing: a program here has no process around it",
};

/** Removed without a word: they read the real clock, collect garbage visibly, or build code from text. */
const REMOVED = [
  "eval",
  "WeakRef",
  "FinalizationRegistry",
  "DOMException",
  "navigator",
  "scriptArgs",
  "print",
];

/** Defines the globals that programs have here, and clear errors for the ones they have elsewhere. */
export function defineGlobals(): void {
  const log = (...values: unknown[]): void => {
    kernelCall(CALLS.print, 0, 0, `s${values.map(inspect).join(" ").toWellFormed()}`);
  };
  define("console", Object.freeze({ log, info: log, warn: log, error: log, debug: log }));
  define("structuredClone", (value: unknown) => decode(encode(value, "value")));
  for (const name of REMOVED) Reflect.deleteProperty(globalThis, name);
  for (const [name, instead] of Object.entries(INSTEAD)) {
    Object.defineProperty(globalThis, name, {
      get: () => {
        throw new ReferenceError(`${name} does not exist on this machine. Use ${instead}.`);
      },
      enumerable: false,
      configurable: false,
    });
  }
  forbidCodeFromText();
}

function define(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, writable: false, enumerable: false, configurable: false });
}

/** Function constructors are reachable from any function; they must not compile what the compiler has not seen. */
function forbidCodeFromText(): void {
  const refuse = function (): never {
    throw new TypeError("Code cannot be made from text here. Write a function.");
  };
  const functions: object[] = [() => {}, function* () {}, async () => {}, async function* () {}];
  for (const fn of functions) {
    const prototype = Object.getPrototypeOf(fn) as object;
    Object.defineProperty(prototype, "constructor", { value: refuse, writable: false, configurable: false });
  }
  refuse.prototype = Object.getPrototypeOf(functions[0] as object) as object;
  Reflect.deleteProperty(globalThis, "Function");
  define("Function", refuse);
}
