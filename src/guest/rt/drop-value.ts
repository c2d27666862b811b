import { hasOwners, isHandle, tagOf } from "../core/handle.ts";

/**
 * Drops a value that nobody will get, as Rust would: a guard unlocks, a permit goes back, an end of a channel is
 * dropped. Looks into results and arrays.
 */
export function dropValue(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  if (isHandle(value)) {
    if ((hasOwners(value) || tagOf(value) === "guard") && Symbol.dispose in value)
      (value as Disposable)[Symbol.dispose]();
  } else if (Array.isArray(value)) for (const item of value) dropValue(item);
  else if ("ok" in value && value.ok === true && "value" in value) dropValue(value.value);
}
