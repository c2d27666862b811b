import { inspect, inspectWhole } from "../core/inspect.ts";

/**
 * Panics with `message` unless `condition` holds.
 * @throws Panic where `condition` is false, 0, "", null or undefined.
 * @rust std::assert!
 * @example
 * ```ts
 * import { assert } from "std/assert";
 * import { spawn } from "std/thread";
 * const worker = spawn(() => assert(1 + 1 === 3, "the sum is wrong"));
 * try {
 *   worker.join();
 * } catch (error) {
 *   console.log(String(error)); // Panic: the sum is wrong
 * }
 * ```
 */
export function assert(condition: unknown, message = "assertion failed"): asserts condition {
  if (!condition) panic(message);
}

/**
 * Panics unless both values are the same data, however deep. The panic says what both are, unless `message` is given.
 * @throws Panic where they differ.
 * @rust std::assert_eq!
 * @example
 * ```ts
 * import { assertEq } from "std/assert";
 * assertEq({ x: [1] }, { x: [1] });
 * try {
 *   assertEq([1, 2].length, 3, "something is missing");
 * } catch (error) {
 *   console.log(String(error)); // Panic: something is missing
 * }
 * ```
 */
export function assertEq<T>(actual: T, expected: T, message?: string): void {
  if (inspectWhole(actual) !== inspectWhole(expected))
    panic(message ?? `got ${inspect(actual)}, expected ${inspect(expected)}`);
}

/**
 * Ends the thread with an error that arrives at its `join`. Locks that it holds are poisoned.
 * @throws Panic, always: an Error of that name.
 * @rust std::panic!
 * @differs Any thrown error is a panic; this one is for where no better error has a name.
 * @example
 * ```ts
 * import { panic } from "std/assert";
 * import { spawn } from "std/thread";
 * const worker = spawn(() => panic("out of tea"), { name: "kettle" });
 * try {
 *   worker.join();
 * } catch (error) {
 *   console.log(String(error)); // Panic: out of tea
 * }
 * ```
 */
export function panic(message: string): never {
  const error = new Error(message);
  error.name = "Panic";
  throw error;
}
