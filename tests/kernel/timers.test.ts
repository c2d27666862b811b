import fc from "fast-check";
import { expect, it } from "vitest";
import { Timers } from "../../src/kernel/timers.ts";

it("timers fire by instant, those of one instant in the order in which they were asked for", () => {
  fc.assert(
    fc.property(fc.array(fc.record({ atNs: fc.nat(20), cancelled: fc.boolean() })), (asked) => {
      const timers = new Timers();
      const fired: number[] = [];
      const ids = asked.map(({ atNs }, index) => timers.at(atNs, () => fired.push(index)));
      asked.forEach(({ cancelled }, index) => cancelled && timers.cancel(ids[index] ?? 0));
      for (let nowNs = timers.nextNs; nowNs < Infinity; nowNs = timers.nextNs) timers.fire(nowNs);
      const left = [...asked.keys()].filter((index) => asked[index]?.cancelled === false);
      expect(fired).toEqual(left.toSorted((x, y) => (asked[x]?.atNs ?? 0) - (asked[y]?.atNs ?? 0)));
    }),
  );
});

it("what a timer adds for the same instant happens at that instant", () => {
  const timers = new Timers();
  const fired: string[] = [];
  timers.at(5, () => {
    fired.push("first");
    timers.at(5, () => fired.push("added"));
    timers.at(6, () => fired.push("later"));
  });
  timers.fire(5);
  expect(fired).toEqual(["first", "added"]);
  expect(timers.nextNs).toBe(6);
});
