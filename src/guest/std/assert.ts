import { inspect } from "../core/inspect.ts";

/** Panics with `message` unless `condition` holds. Stands for `assert!`. */
export function assert(condition: unknown, message = "assertion failed"): asserts condition {
  if (!condition) panic(message);
}

/** Panics unless both values are the same data. Stands for `assert_eq!`. */
export function assertEq<T>(actual: T, expected: T, message?: string): void {
  const [left, right] = [inspect(actual), inspect(expected)];
  if (left !== right) panic(message ?? `got ${left}, expected ${right}`);
}

/** Ends the thread with an error that arrives at its `join`. Stands for `panic!`. */
export function panic(message: string): never {
  const error = new Error(message);
  error.name = "Panic";
  throw error;
}
