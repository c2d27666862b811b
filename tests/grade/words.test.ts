import { describe, expect, it } from "vitest";
import { OUTCOME_KINDS } from "#abi";
import { describeOutcome, encodeCanonical } from "#grade";

const PLACE = { file: "main.ts", line: 7, column: 5 };

describe("the words for an outcome", () => {
  it("are the author's own for a failed check", () => {
    const outcome = {
      kind: "check-failed",
      message: "The batch came late.",
      thread: 0,
      place: PLACE,
    } as const;
    expect(describeOutcome(outcome)).toBe("The batch came late.");
  });

  it("name the outcome and keep the machine's words", () => {
    const message = "worker-1 waits for `queue`, which main holds. main waits for worker-1 to end.";
    expect(describeOutcome({ kind: "deadlock", message, thread: 1 })).toBe(`Deadlock: ${message}`);
  });

  it("end with the place, once", () => {
    const outcome = {
      kind: "out-of-fuel",
      message: "main ran an endless loop.",
      thread: 0,
      place: PLACE,
    } as const;
    expect(describeOutcome(outcome)).toBe("Endless loop: main ran an endless loop. (main.ts:7:5)");
    const told = { ...outcome, message: "main ran an endless loop: main.ts:7:5." };
    expect(describeOutcome(told)).toBe("Endless loop: main ran an endless loop: main.ts:7:5.");
  });

  it("name a panic that is called Panic once", () => {
    const outcome = { kind: "panic", message: "Panic: got 1, expected 2", thread: 0 } as const;
    expect(describeOutcome(outcome)).toBe("Panic: got 1, expected 2");
  });

  it("never name a place in a hidden file", () => {
    const outcome = { kind: "panic", message: "no", thread: 0, place: PLACE } as const;
    expect(describeOutcome(outcome, ["main.ts"])).toBe("Panic: no");
  });

  it.each(OUTCOME_KINDS)("exist for %s without a message", (kind) => {
    expect(describeOutcome({ kind, message: "", thread: -1 })).toMatch(/\w{3,}.*\.$/);
  });
});

it("a canonical text has sorted keys, no white space and no absent fields", () => {
  const value = { b: [1, null, { d: undefined, c: "ü" }], a: true };
  expect(encodeCanonical(value)).toBe('{"a":true,"b":[1,null,{"c":"ü"}]}');
});
