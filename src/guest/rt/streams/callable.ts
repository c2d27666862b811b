import { inspect } from "../../core/inspect.ts";

/** `f`, which must be a function. */
export function callable<F>(f: F, what: string): F {
  if (typeof f !== "function") throw new TypeError(`${what} needs a function, got ${inspect(f)}`);
  return f;
}
