import { CALLS, MAILBOX } from "#abi";
import { lookIntoFramesWith, registerCaptures } from "../core/captures.ts";
import { inspect } from "../core/inspect.ts";
import { kernelCall, mailbox } from "../core/kernel.ts";
import { misuse } from "../core/misuse.ts";
import type { Context } from "./context.ts";
import { Future } from "./future.ts";
import { isSuspended, Poll, polledAgain, polling } from "./polling.ts";

declare global {
  interface Generator<T, TReturn, TNext> {
    /**
     * Goes on to the next `yield*` that has to wait, or to the end. See `Future.poll`.
     * @throws the async function's panic.
     * @rust std::future::Future::poll
     */
    poll(cx: Context): Poll<TReturn>;
    /**
     * Gives the async function up where it stands: its `finally` blocks and `using` declarations run,
     * innermost first.
     * @rust std::mem::drop
     */
    drop(): void;
  }
}

type AnyGenerator = Generator<unknown, unknown, unknown>;

/** What every generator inherits from. */
const GENERATOR = Object.getPrototypeOf(Object.getPrototypeOf((function* () {})()) as object) as AnyGenerator;
const { next, return: finish } = GENERATOR;
const { apply } = Reflect;
const { isPrototypeOf } = Object.prototype;

export function isGenerator(value: object): value is AnyGenerator {
  return apply(isPrototypeOf, GENERATOR, [value]) as boolean;
}

/**
 * Where a generator stands, as far as this library has driven it. Absent: fresh, or driven by hand.
 *
 *   -> polled -> over (ready, threw, or dropped)
 *   -> awaited (under a `yield*`, which drives it to its end)
 */
const states = new WeakMap<object, "polled" | "awaited" | "over">();

/** Puts `poll` and `drop` on all generators; before the language is frozen. */
export function makeGeneratorsFutures(): void {
  const methods = {
    poll(this: AnyGenerator, cx: Context): Poll<unknown> {
      return pollGenerator(this, cx);
    },
    drop(this: AnyGenerator, ...given: readonly number[]): unknown {
      return given.length > 0 ? apply(Iterator.prototype.drop, this, given) : dropGenerator(this);
    },
  };
  for (const [name, value] of Object.entries(methods))
    Object.defineProperty(GENERATOR, name, {
      value,
      writable: false,
      enumerable: false,
      configurable: false,
    });
}

function pollGenerator(generator: AnyGenerator, cx: Context): Poll<unknown> {
  if (states.get(generator) === "over") return polledAgain();
  states.set(generator, "polled");
  let step;
  try {
    step = polling(cx, () => apply(next, generator, []) as IteratorResult<unknown>);
  } catch (error) {
    states.set(generator, "over");
    throw error;
  }
  if (step.done === true) {
    states.set(generator, "over");
    return { ready: true, value: step.value };
  }
  return isSuspended(step.value) ? Poll.pending : wrongYield(step.value);
}

function wrongYield(value: unknown): never {
  const isFuture =
    value instanceof Future || (typeof value === "object" && value !== null && isGenerator(value));
  return misuse(
    isFuture
      ? "A future is yielded, not waited for: write `yield*` instead of `yield`."
      : `An async function yields ${inspect(value)}, which is no future: \`yield*\` waits for a future, and nothing else can be yielded.`,
  );
}

function dropGenerator(generator: AnyGenerator): void {
  if (states.get(generator) === "over") return;
  if (!states.has(generator)) lookInto(generator);
  states.set(generator, "over");
  const step = polling("dropping", () => apply(finish, generator, [undefined]) as IteratorResult<unknown>);
  if (step.done !== true) wrongYield(step.value);
}

/** Called by compiled programs for the operand of `yield*`. */
export function awaited<T>(value: T, site: number): T {
  mailbox[MAILBOX.site] = site;
  if (typeof value === "object" && value !== null) {
    if (!isGenerator(value)) {
      if (Symbol.iterator in value) return value;
    } else {
      const state = states.get(value);
      if (state === "over" || state === "awaited") return polledAgain();
      states.set(value, "awaited");
      return value;
    }
  } else if (typeof value === "string") return value;
  return misuse(`\`yield*\` waits for a future; this is ${inspect(value)}.${hintFor(value)}`);
}

function hintFor(value: unknown): string {
  return typeof value === "function" ? " Call the function: `yield* load()`." : "";
}

/** Prototypes of the generators of functions that can be looked into. */
const known = new WeakSet<object>();

/** Sites of futures that were made and not polled, by token. */
const unpolled = new Map<number, number>();
let tokens = 0;

/** Notes a future that was made here; `begun` takes it back. */
export function made(): number {
  unpolled.set(++tokens, mailbox[MAILBOX.site] as number);
  return tokens;
}

export function begun(token: number): void {
  unpolled.delete(token);
}

/** In the copy that a spawn made: what was not polled there is its parent's business. */
export function forgetUnpolled(): void {
  unpolled.clear();
}

/** Warns of every future that was made and never polled. */
export function warnOfUnpolled(): void {
  for (const site of unpolled.values())
    if (site !== 0)
      kernelCall(
        CALLS.warn,
        site,
        0,
        "sA future is made here and never polled, so nothing of it happens: wait for it with `yield*`, or give it to `spawn`.",
      );
  unpolled.clear();
}

function know(generatorFunction: unknown): void {
  if (typeof generatorFunction === "function") known.add(generatorFunction.prototype as object);
}

/**
 * Offered to compiled programs (src/compile/async-functions.ts). While `on`, a fresh generator yields its
 * frame.
 */
export const futures = {
  on: false,
  made: (method?: unknown): number => {
    if (method !== undefined) know(method);
    return made();
  },
  begun,
  frame: (token: number, id: number, read: (index: number) => unknown): object => {
    begun(token);
    return registerCaptures({}, id, read);
  },
  known: <T extends object>(generatorFunction: T, name?: string): T => {
    know(generatorFunction);
    if (name !== undefined)
      Object.defineProperty(generatorFunction, "name", { value: name, configurable: true });
    return generatorFunction;
  },
  methods: <T extends object>(holder: T, names: readonly string[]): T => {
    for (const name of names) know(Reflect.getOwnPropertyDescriptor(holder, name)?.value);
    return holder;
  },
};

const frames = new WeakMap<object, object>();

/** An object that captures what the frame of a fresh async function holds; null for other generators. */
export function lookInto(generator: object): object | null {
  const before = frames.get(generator);
  if (before !== undefined) return before;
  const type = Object.getPrototypeOf(generator) as object;
  if (states.has(generator) || !known.has(type)) return null;
  futures.on = true;
  try {
    const frame = (apply(next, generator as AnyGenerator, []) as IteratorResult<object>).value;
    frames.set(generator, frame);
    return frame;
  } finally {
    futures.on = false;
  }
}

lookIntoFramesWith(lookInto);
