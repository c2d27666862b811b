import { describe, expect, it } from "vitest";
import { runChecks } from "./checked.ts";

/** How a check ends where it does not end as usual, as `kind: message`. */
interface Otherwise {
  readonly answer?: string;
  readonly visit?: string;
  readonly library?: string;
}

const USUAL = {
  answer: "check-failed: the answer is not 42",
  visit: "check-failed: visited 41",
  library: "passed: ",
};

/**
 * Learners' modules that want a wrong answer to pass, or a right check to fail (checked.ts). `attempt` swallows what
 * an attack throws, so that only what it achieved counts.
 */
type Attack = readonly [title: string, learner: string, otherwise?: Otherwise];

const ATTACKS: readonly Attack[] = [
  ["replaces `Array.prototype.push`", `attempt(() => { Array.prototype.push = () => 0; });`],
  [
    "adds to `Object.prototype`",
    `attempt(() => { (Object.prototype as any).isOk = true; });
attempt(() => { Object.defineProperty(Object.prototype, "ok", { get: () => true }); });`,
  ],
  [
    "replaces a method through a frozen name's accessor",
    `attempt(() => { Object.prototype.toString = () => "[object Ok]"; });
attempt(() => { Function.prototype.call = (() => true) as never; });`,
  ],
  [
    "replaces what the accessor itself is",
    `attempt(() => { Object.defineProperty(Object.prototype, "toString", { value: () => "x" }); });`,
  ],
  [
    "takes a method away",
    `attempt(() => { delete (Map.prototype as any).get; });
attempt(() => { delete (globalThis as any).Map; });`,
  ],
  [
    "writes to the global object",
    `attempt(() => { (globalThis as any).expect = () => {}; });
attempt(() => { Object.defineProperty(globalThis, "undefined", { value: 42 }); });`,
  ],
  [
    "changes the prototype of a global",
    `attempt(() => { Object.setPrototypeOf(Array.prototype, { at: () => 42 }); });
attempt(() => { (Error.prototype as any).__proto__ = {}; });`,
  ],
  [
    "changes what an iterator gives",
    `attempt(() => { Object.getPrototypeOf([].values()).next = () => ({ done: true, value: undefined }); });
attempt(() => { Object.getPrototypeOf(new Map().entries()).next = () => ({ done: true, value: undefined }); });
attempt(() => { (Array.prototype as any)[Symbol.iterator] = function* () {}; });`,
  ],
  [
    "changes the generators of everybody",
    `attempt(() => { Object.getPrototypeOf(function* () {}).prototype.next = () => ({ done: true }); });`,
  ],
  [
    "changes what `instanceof` says",
    `attempt(() => { Object.defineProperty(Map, Symbol.hasInstance, { value: () => true }); });
attempt(() => { Object.defineProperty(Function.prototype, Symbol.hasInstance, { value: () => true }); });`,
  ],
  [
    "changes how stacks are made",
    `attempt(() => { (Error as any).prepareStackTrace = () => { throw new Error("no"); }; });
attempt(() => { (Error as any).stackTraceLimit = 0; });
attempt(() => { Object.defineProperty(Error.prototype, "stack", { get: () => "at checks.ts:1:1" }); });`,
  ],
  [
    "changes the library's classes",
    `attempt(() => { (Mutex.prototype as any).lock = () => ({ value: 42 }); });
attempt(() => { Object.setPrototypeOf(Mutex.prototype, {}); });
attempt(() => { Object.freeze(Mutex.prototype); Object.freeze(Mutex); });
attempt(() => { Object.defineProperty(Mutex, Symbol.species, { value: Map }); });`,
  ],
  [
    "changes the library's functions",
    `attempt(() => { Object.assign(spawn, { call: () => 1 }); });
attempt(() => { (spawn as any).prototype.x = 1; });`,
  ],
  [
    "changes the clock and the dice",
    `attempt(() => { Math.random = () => 0.5; });
attempt(() => { Date.now = () => 1e9; });`,
  ],
  [
    "changes how values are turned into text",
    `attempt(() => { JSON.stringify = () => "42"; });
attempt(() => { String.prototype.slice = () => "42"; });
attempt(() => { (BigInt.prototype as any).toJSON = () => "42"; });`,
  ],
  [
    "changes Reflect and Proxy, which the library uses",
    `attempt(() => { Reflect.ownKeys = () => []; Reflect.apply = () => 42; });
attempt(() => { Proxy.revocable = (() => 42) as never; });`,
  ],
  [
    "writes to `console`",
    `attempt(() => { console.log = () => {}; });
attempt(() => { Object.setPrototypeOf(console, null); });`,
  ],
  [
    "makes code from text",
    `attempt(() => { (() => {}).constructor("return 42")(); });
attempt(() => { new (Function as any)("return 42")(); });
attempt(() => { (function* () {} as any).constructor("yield 42")(); });
attempt(() => { (0, (globalThis as any).eval)("42"); });`,
  ],
  [
    "looks for the door to the host",
    `const doors = ["__kernel", "__interleave", "$rt", "$at", "std", "kernelCall"].filter((name) => name in globalThis);
export const answer = () => (doors.length > 0 ? 42 : doors.join());`,
  ],
  [
    "looks for the door through the call stack",
    `function caller(): unknown { return (caller as any).caller ?? (caller as any).arguments; }
attempt(() => caller());
attempt(() => (arguments as any).callee);`,
  ],
  [
    "forges a guard, a handle and a sender",
    `attempt(() => { new (Object.getPrototypeOf(Mutex))("mutex", 1); });
attempt(() => { Reflect.construct(Object.getPrototypeOf(Mutex), ["mutex", 1], Mutex).lock(); });
attempt(() => { const [tx] = channel<number>(); new (tx.constructor as any)(1).send(1); });
attempt(() => { const m = new Mutex(0); const g = m.lock(); new (g.constructor as any)(1, 5).unlock(); });`,
  ],
  [
    "forges a handle by its prototype",
    `attempt(() => { Object.create(Mutex.prototype).lock(); });
attempt(() => { Mutex.prototype.lock.call({} as never); });
attempt(() => { Mutex.prototype.lock.call(new SharedCell(1) as never).unlock(); });`,
  ],
  [
    "forges a handle in a message",
    `attempt(() => { structuredClone({ $h: ["mutex", 1] } as any).lock(); });
attempt(() => { structuredClone({ $c: [0, 0, [], {}] }); });`,
  ],
  [
    "forges a handle by `toJSON` and by values that lie",
    `attempt(() => { const d = new Date(5); Object.defineProperty(d, "getTime", { value: () => ({ toJSON: () => "x" }) }); structuredClone(d); });
attempt(() => { const e = new Error("m"); Object.defineProperty(e, "message", { value: { toJSON: () => ({ $h: ["mutex", 1] }) } }); structuredClone(e); });`,
  ],
  [
    "sends a poisoned array",
    `attempt(() => { const a: any = [1]; Object.defineProperty(a, "map", { value: () => [{ $h: ["mutex", 1] }] }); a.constructor = { [Symbol.species]: null }; structuredClone(a); });`,
  ],
  [
    "sends a poisoned prototype",
    `attempt(() => { structuredClone(JSON.parse('{"__proto__": {"ok": true}}')); });`,
  ],
  [
    "changes a library class by inheriting from it",
    `class Loud extends Mutex<number> { override lock(): never { throw new Error("never"); } }
attempt(() => { new Loud(1).lock(); });`,
  ],
  [
    "freezes what the library gives out",
    `attempt(() => { Object.freeze(new Mutex(1)); Object.freeze(channel<number>()[0]); });`,
  ],
  [
    "catches the error of a failed expectation",
    `export function visit(f: (n: number) => void) { try { f(41); } catch {} }`,
  ],
  [
    "catches it in a finally and returns",
    `export function visit(f: (n: number) => void) { for (;;) { try { f(41); } finally { break; } } }`,
  ],
  [
    "swallows it in another thread",
    `export function visit(f: (n: number) => void) { try { spawn(() => f(41)).join(); } catch {} }`,
  ],
  [
    "calls the visitor in a generator that is dropped",
    `export function visit(f: (n: number) => void) { const g = (function* () { try { yield f(41); } catch {} })(); g.next(); g.return(); }`,
  ],
  [
    "never returns",
    `export function answer(): never { for (;;); }`,
    { answer: "out-of-fuel: main ran an endless loop, or one far too long: it was stopped." },
  ],
  [
    "waits for ever",
    `export function answer() { const m = new Mutex(0); m.lock(); m.lock(); }`,
    {
      answer:
        "deadlock: main waits for `m`, which it holds itself (taken at main.ts:2:52). Nobody can go on.",
    },
  ],
  [
    "sleeps past the end of time",
    `export function answer() { sleep(8_000_000_000); return 42; }`,
    {
      answer:
        "over-limit: The program was still waiting after 3,600,000 ms of virtual time. Wait for something that comes sooner.",
    },
  ],
  [
    "ends the check early by throwing",
    `export function answer(): never { throw new Error("checks passed"); }`,
    { answer: "panic: Error: checks passed" },
  ],
  [
    "throws in a finally",
    `export function answer(): never { try { throw new Error("a"); } finally { throw null; } }`,
    { answer: "panic: thrown value: null" },
  ],
  [
    "throws what is no error",
    `export function answer(): never { throw { outcome: "passed", toString: () => { throw 1; } }; }`,
    { answer: 'panic: thrown value: { outcome: "passed", toString: [function toString] }' },
  ],
  [
    "throws a proxy that throws",
    `export function answer(): never { throw new Proxy({}, { get() { throw new Error("trap"); }, getPrototypeOf() { throw new Error("trap"); } }); }`,
    { answer: "panic: thrown value: an object" },
  ],
  [
    "throws an error whose name and message throw",
    `export function answer(): never { const e: any = new Error("x"); Object.defineProperty(e, "name", { get() { throw 1; } }); Object.defineProperty(e, "message", { get() { throw 1; } }); throw e; }`,
    { answer: "panic: Error" },
  ],
  [
    "throws an error that says it is the engine's",
    `export function answer(): never { const e = new Error("out of memory"); e.name = "InternalError"; throw e; }`,
    { answer: "panic: InternalError: out of memory" },
  ],
  [
    "throws an error with the stack of another place",
    `export function answer(): never { const e = new Error("here"); Object.defineProperty(e, "stack", { value: "    at main (program:1:1)" }); throw e; }`,
    { answer: "panic: Error: here" },
  ],
  [
    "throws an error whose message never ends",
    `export function answer(): never { throw new (class extends Error { override get message(): string { for (;;); } })(); }`,
    { answer: "out-of-fuel: main ran an endless loop, or one far too long: it was stopped." },
  ],
  [
    "interrupts itself by a message of the engine",
    `export function answer(): never { const e: any = new Error("interrupted"); e.name = "InternalError"; throw e; }`,
    { answer: "panic: InternalError: interrupted" },
  ],
  [
    "returns a thenable",
    `export const answer = () => ({ then: (ok: (n: number) => void) => ok(42), valueOf: () => 42, [Symbol.toPrimitive]: () => 42 });`,
  ],
  [
    "returns a proxy that answers everything",
    `export const answer = () => new Proxy(() => 42, { get: () => () => 42, apply: () => 42 });`,
  ],
  [
    "returns an object whose getters throw",
    `export const answer = () => ({ get value() { throw new Error("looked"); } });`,
  ],
  [
    "returns an object without an end",
    `export const answer = () => { const deep: any = {}; Object.defineProperty(deep, "next", { enumerable: true, get: () => answer() }); return deep; };`,
  ],
  [
    "counts the calls to tell the checks apart",
    `let calls = 0;
export const answer = () => (++calls > 1 ? 42 : 41);`,
  ],
  [
    "keeps state between checks in whatever it can reach",
    `attempt(() => { (Mutex as any).calls = ((Mutex as any).calls ?? 0) + 1; });
attempt(() => { (globalThis as any).Symbol.for("calls").count = 1; });
export const answer = () => ((Mutex as any).calls > 1 ? 42 : 41);`,
  ],
  [
    "prints without an end",
    `export function answer() { for (;;) console.log("x".repeat(1000)); }`,
    { answer: "over-limit: The program printed more than 65,536 characters." },
  ],
  [
    "takes all memory",
    `export function answer() { const all: unknown[] = []; for (;;) all.push(new Array(100_000).fill(7)); }`,
    { answer: "out-of-memory: The program used more memory than a thread has here." },
  ],
  [
    "calls itself without an end",
    `export function answer(): number { return answer() + 1; }`,
    { answer: "over-limit: The program called itself too deeply: its stack is full." },
  ],
  [
    "starts threads without an end",
    `export function answer() { for (;;) spawn(() => sleep(1)); }`,
    { answer: "over-limit: The program started more than 64 threads." },
  ],
  [
    "makes kernel calls without an end",
    `export function answer() { const cell = new SharedCell(0); for (;;) cell.get(); }`,
    { answer: "inconclusive: The program made more than 20,000 kernel calls in one run." },
  ],
  [
    "leaves a thread that goes on",
    `export function answer() { spawn(() => { for (;;) sleep(100); }); return 41; }`,
  ],
  [
    "marks its own place in the source",
    `export function answer() { const at = [0, 1]; (globalThis as any).$at?.fill(0); return at.length === 2 ? 41 : 42; }`,
  ],
  [
    "answers right only where nobody looks",
    `export function answer() { return new Error().stack?.includes("checks") || new Error().stack?.includes("runCheck") ? 41 : 43; }`,
  ],
  [
    "hands its own answer to `toJSON`",
    `export const answer = () => structuredClone({ toJSON: () => ({ $h: ["mutex", 1] }) });`,
    {
      answer:
        "misuse: `value.toJSON` is a function; functions cannot go to another thread. Send data, and let the other side hold the code.",
    },
  ],
  [
    "uses one handle's methods on another",
    `export const answer = () => new Condvar().wait.call(new Mutex(0), new Mutex(0).lock());`,
    { answer: "panic: TypeError: This method was called without its object: write `object.method()`." },
  ],
  [
    "waits with what is no guard",
    `export const answer = () => new Condvar().wait(new Mutex(0) as never);`,
    { answer: "panic: TypeError: Wait with the guard of a Mutex: `changed.wait(guard)`." },
  ],
  [
    "receives with a sender",
    `export const answer = () => { const [tx, rx] = channel<number>(); tx.send(42); return rx.recv.call(tx as never); };`,
    { answer: "panic: TypeError: This method was called without its object: write `object.method()`." },
  ],
  [
    "takes a method from its object",
    `export const answer = () => { const { lock } = new Mutex(42); return lock().value; };`,
    { answer: "panic: TypeError: This method was called without its object: write `object.method()`." },
  ],
  [
    "uses the names that the hidden checks use",
    `declare const check: any, expect: any, check2: any, expect2: any, fail: any;
attempt(() => { check("mine", "passes", () => {}); check2("mine", "passes", () => {}); });
attempt(() => { expect(true, ""); expect2(true, ""); fail("x"); });`,
  ],
];

describe("a wrong answer fails and a right one passes, whatever the program does", () => {
  it.each(ATTACKS.map(([title, learner, otherwise = {}]) => ({ title, learner, otherwise })))(
    "$title",
    async ({ learner, otherwise }) => {
      const { ids, results } = await runChecks(learner);
      expect(ids).toEqual(["answer", "visit", "library"]);
      const [answer, visit, library] = results.map(({ outcome }) => `${outcome.kind}: ${outcome.message}`);
      expect({ answer, visit, library }).toEqual({ ...USUAL, ...otherwise });
    },
  );
});

describe("what would reach the checks does not compile", () => {
  it.each([
    [
      'import { check } from "check"; check("mine", "t", () => {});',
      "only an exercise's own checks can import `check`",
    ],
    ['export { check } from "check";', "only an exercise's own checks can import `check`"],
    ['import * as all from "./checks.ts"; all;', "there is no file `./checks.ts`"],
    ['import "std/../core/kernel";', "there is no module `std/../core/kernel` here"],
    ['export const answer = () => import("./checks");', "`import()` does not exist here"],
    ["$at[1] = 0;", "`$at` is a name that the simulated computer uses itself"],
    ["const $w = { on: true };", "`$w` is a name that the simulated computer uses itself"],
    ['import * as sync from "std/sync"; sync.Mutex = null;', 'Cannot assign to import "Mutex"'],
  ])("%s", async (learner, message) => {
    await expect(runChecks(learner)).rejects.toThrow(message);
  });
});

it("a place that an error claims for itself is not believed", async () => {
  const { results } = await runChecks(
    'export function answer(): never {\n  const e = new Error("here");\n  Object.defineProperty(e, "stack", { value: "at main (program:1:1)" });\n  throw e;\n}',
  );
  expect(results[0]?.outcome.place).toEqual({ file: "main.ts", line: 3, column: 17 });
});
