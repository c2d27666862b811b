/** Owns: what the program's code says at the place of a call. */
import type { History } from "./history.ts";

/** Where the call with the number of a site begins in the program's code; -1 where it has none, or more than one. */
export function findCall({ program: { code } }: History, site: number): number {
  const mark = `$at[0]=${site},`;
  const at = code.indexOf(mark);
  return at < 0 || code.includes(mark, at + 1) ? -1 : at + mark.length;
}

interface CalledMethod {
  /** The last name before the method; "" where there is none. */
  readonly receiver: string;
  readonly method: string;
}

/** What is called at an offset of the code: `changed` and `wait` of `this.changed.wait(state)`. */
export function readCall({ program: { code } }: History, offset: number): CalledMethod {
  const text = offset < 0 ? "" : code.slice(offset, offset + CALL_CHARS_MAX);
  const [, receiver = "", method = ""] = /^(?:[\w$.#[\]]*\.)?(#?[\w$[\]]*)\.(\w+)\(/.exec(text) ?? [];
  return { receiver, method };
}

const CALL_CHARS_MAX = 200;
