import { expect, it } from "vitest";
import { isTrap } from "../../src/vm/traps.ts";

const internal = new Error("too much recursion");
internal.name = "InternalError";

it.each([
  ["frames that do not fit", new WebAssembly.RuntimeError("unreachable"), true],
  ["the host's stack, in Chromium and WebKit", new RangeError("Maximum call stack size exceeded"), true],
  ["the host's stack, in Firefox", internal, true],
  ["no memory for a further guest", new RangeError("WebAssembly.Memory.grow(): Unable to grow"), false],
  ["a mistake of the engine's", new RangeError("offset is out of bounds"), false],
])("%s: the guest's end or not", (_, error, expected) => {
  expect(isTrap(error)).toBe(expected);
});
