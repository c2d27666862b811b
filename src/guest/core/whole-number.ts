import { inspect } from "./inspect.ts";

/** `value` where it is a whole number from `from` (to `to`); else a clear error that names `what` needs it. */
export function wholeNumber(value: number, from: number, what: string, to = Number.MAX_SAFE_INTEGER): number {
  if (Number.isSafeInteger(value) && value >= from && value <= to) return value;
  const range = to === Number.MAX_SAFE_INTEGER ? `from ${from}` : `from ${from} to ${to}`;
  const got = typeof value === "string" ? JSON.stringify(value) : inspect(value);
  throw new RangeError(`${what} needs a whole number ${range}, got ${got}`);
}
