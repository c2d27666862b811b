import { CALLS } from "#abi";
import { decode, encode } from "./codec.ts";
import { inspect } from "./inspect.ts";
import { kernelCall } from "./kernel.ts";
import { TextDecoder } from "./text-decoder.ts";
import { TextEncoder } from "./text-encoder.ts";

/** What a program might reach for out of habit, and what to use here instead. */
const INSTEAD: Readonly<Record<string, string>> = {
  setTimeout: "`sleep` from std/thread, in a thread of its own",
  setInterval: "a loop with `sleep` from std/thread",
  setImmediate: "`yieldNow` from std/thread",
  clearTimeout: "`recvTimeout` from std/sync: a wait that may end early",
  clearInterval: "a loop that looks at an `AtomicBool` from std/sync",
  requestAnimationFrame: "a loop with `sleep` from std/thread",
  queueMicrotask: "`spawn` from std/thread",
  fetch: "a channel from std/sync: this machine has no internet",
  Promise: "threads (std/thread) and channels (std/sync)",
  Worker: "`spawn` from std/thread",
  SharedArrayBuffer: "`SharedCell` or `Mutex` from std/sync",
  Atomics: "`AtomicBool` or `AtomicI32` from std/sync",
  Intl: "`toFixed`, `padStart` and the like: this machine has no languages or regions",
  performance: "`Instant` from std/time",
  XMLHttpRequest: "a channel from std/sync: this machine has no internet",
  WebSocket: "a channel from std/sync: this machine has no internet",
  window: "`console.log` to show something: a program here has no page around it",
  document: "`console.log` to show something: a program here has no page around it",
  alert: "`console.log`: a program here has no page around it",
  self: "`globalThis`",
  global: "`globalThis`",
  sessionStorage: "a variable: this machine forgets everything at the end of a run",
  indexedDB: "a variable: this machine forgets everything at the end of a run",
  MessageChannel: "`channel` from std/sync",
  module: "`export` before the declaration",
  eval: "a function: code cannot be made from text here",
  localStorage: "a variable: this machine forgets everything at the end of a run",
  crypto: "`Math.random`",
  Buffer: "`Uint8Array`",
  require: "`import` at the top of the file",
  process: "`return` or `panic` from std/assert to end: a program here has no process around it",
};

/** Removed without a word: they read the real clock, or collect garbage visibly. */
const REMOVED = [
  "eval",
  "WeakRef",
  "FinalizationRegistry",
  "DOMException",
  "navigator",
  "scriptArgs",
  "print",
  "InternalError",
  "AsyncDisposableStack",
];

/** Defines the globals that programs have here, and clear errors for the ones they have elsewhere. */
export function defineGlobals(): void {
  const log = (...values: unknown[]): void => {
    kernelCall(CALLS.print, 0, 0, `s${values.map(inspect).join(" ").toWellFormed()}`);
  };
  define("console", Object.freeze({ log, info: log, warn: log, error: log, debug: log }));
  define("structuredClone", (value: unknown) => decode(encode(value, "value")));
  define("TextEncoder", TextEncoder);
  define("TextDecoder", TextDecoder);
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
  Reflect.deleteProperty(Array, "fromAsync");
  fixStackTraces();
  forbidCodeFromText();
}

/** The engine would call a program's function whenever any error is made, in this library as well. */
function fixStackTraces(): void {
  for (const [name, value] of [
    ["prepareStackTrace", undefined],
    ["stackTraceLimit", Reflect.get(Error, "stackTraceLimit")],
  ] as const)
    Object.defineProperty(Error, name, { value, writable: false, configurable: false });
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
