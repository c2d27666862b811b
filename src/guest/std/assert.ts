import { inspect, inspectWhole } from "../core/inspect.ts";

/** Panics with `message` unless `condition` holds. Stands for `assert!`. */
export function assert(condition: unknown, message = "assertion failed"): asserts condition {
  if (!condition) panic(message);
}

/** Panics unless both values are the same data. Stands for `assert_eq!`. */
export function assertEq<T>(actual: T, expected: T, message?: string): void {
  if (inspectWhole(actual) !== inspectWhole(expected))
    panic(message ?? `got ${inspect(actual)}, expected ${inspect(expected)}`);
}

/** Ends the thread with an error that arrives at its `join`. Stands for `panic!`. */
export function panic(message: string): never {
  const error = new Error(message);
  error.name = "Panic";
  throw error;
}
