import { CALLS } from "#abi";
import { type Handle, type HandleTag, idAs, isHandle, tagOf } from "../core/handle.ts";
import { inspect } from "../core/inspect.ts";
import { kernelCall } from "../core/kernel.ts";

/**
 * A new handle in the place of `handle`, one of a socket or a file, which is gone then: moved into `by`, as messages
 * say it. So both libraries have handles of their own for the same thing.
 */
export function replaced(handle: Handle, tag: HandleTag, by: string): number {
  return kernelCall(CALLS.handleReplace, idAs(handle, tag), 0, `s${by}`) as number;
}

/** Says in the program's words what `from` needs, where it was not given a handle with this tag. */
export function checkStd(given: unknown, tag: HandleTag, from: string): void {
  if (typeof given === "object" && given !== null && isHandle(given) && tagOf(given) === tag) return;
  throw new TypeError(`${from}, got ${inspect(given)}`);
}
