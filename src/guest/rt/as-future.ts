import { inspect } from "../core/inspect.ts";
import { misuse } from "../core/misuse.ts";
import type { Future } from "./future.ts";

/** `value`, which must be a future; a misuse that says what it is instead. */
export function asFuture<T>(value: Future<T>, what: string): Future<T> {
  const given: unknown = value;
  if (typeof given === "object" && given !== null && "poll" in given && typeof given.poll === "function")
    return value;
  const hint =
    typeof given === "function"
      ? " Call the function: an async function gives its future when it is called."
      : "";
  return misuse(`${what} needs a future, got ${inspect(given)}.${hint}`);
}
