import { expect, it } from "vitest";
import { createPrng, deriveSeed, formatMs, invariant, InvariantError, RollingHash } from "#base";

it("the same seed gives the same numbers, another seed others", () => {
  const draw = (seed: number): number[] => Array.from({ length: 5 }, createPrng(seed).next);
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});

it("draws are spread evenly", () => {
  const prng = createPrng(1);
  const counts = Array<number>(10).fill(0);
  for (let i = 0; i < 10_000; i++) counts[prng.below(10)]! += 1;
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
});

it("the rolling hash tells order, length and large numbers apart", () => {
  const hash = (...values: (number | string)[]): string => {
    const rolling = new RollingHash();
    for (const value of values)
      if (typeof value === "number") rolling.number(value);
      else rolling.text(value);
    return rolling.digest();
  };
  const all = [
    hash(),
    hash(1, 2),
    hash(2, 1),
    hash("ab", "c"),
    hash("a", "bc"),
    hash(2 ** 40),
    hash(2 ** 41),
    hash(0.5),
  ];
  expect(new Set(all).size).toBe(all.length - 0);
  expect(hash(1, 2)).toMatch(/^[0-9a-f]{16}$/);
});

it("milliseconds are grouped, and fractions kept", () => {
  expect([0, 1_350_000_000, 1_500_000, 1].map(formatMs)).toEqual([
    "0 ms",
    "1,350 ms",
    "1.5 ms",
    "0.000001 ms",
  ]);
});

it("a broken invariant is our fault by name", () => {
  expect(() => invariant(false, "x")).toThrow(InvariantError);
});

it("derived seeds are the same for the same part, and else unrelated", () => {
  const seeds = Array.from({ length: 40 }, (_, seed) =>
    Array.from({ length: 500 }, (__, index) => deriveSeed(seed, index)),
  ).flat();
  expect(new Set(seeds).size).toBeGreaterThan(19_990);
  expect(deriveSeed(7, 3)).toBe(deriveSeed(7, 3));
  const firsts = seeds.map((seed) => createPrng(seed).below(10));
  for (let digit = 0; digit < 10; digit++)
    expect(Math.abs(firsts.filter((first) => first === digit).length - 2_000)).toBeLessThan(200);
});
