import { expect, it } from "vitest";
import { alignRuns } from "../../src/site/lesson/one-clock.ts";

const printed = (timeNs: number, actor: string, text: string) =>
  ({ timeNs, thread: 0, threadName: actor, actor, text }) as const;
const ended = (timeNs: number, name: string) => ({ timeNs, kind: "thread", name }) as const;

it("two runs share a row where something happens in both at one instant, and have rows of their own elsewhere", () => {
  const left = { printed: [printed(1, "a", "x"), printed(3, "a", "y")], ends: [ended(3, "a")] };
  const right = { printed: [printed(3, "b", "z")], ends: [ended(2, "b")] };
  const say = (events: readonly { kind: string; actor: string; text: string }[]) =>
    events.map(({ kind, actor, text }) => `${actor} ${kind === "ended" ? "ends" : text}`);
  const rows = alignRuns(left, right).map((row) => [row.timeNs, say(row.left), say(row.right)]);
  expect(rows).toEqual([
    [1, ["a x"], []],
    [2, [], ["b ends"]],
    [3, ["a y", "a ends"], ["b z"]],
  ]);
});
