import { expect, it } from "vitest";
import { compiled, type Execution, execute } from "./harness.ts";

async function executed(source: string): Promise<Execution> {
  return execute(await compiled({ "main.ts": source }));
}

type Made = () => Iterator<unknown>;
const inside = (source: string): string => `${source}\nexport const never = function* () { yield* []; };`;

/** What the frame of the generator that `make()` returns holds, before it has begun. */
const FRAMES: readonly (readonly [title: string, source: string, frame: Record<string, unknown>])[] = [
  [
    "parameters are part of the frame",
    `function* load(path: string, times: number) { yield* [path, times]; } export const make = () => load("a", 3);`,
    { path: "a", times: 3 },
  ],
  [
    "parameters that take something apart are part of the frame by their names",
    `function* load({ path, more: [first] }: { path: string; more: number[] }, n = 2) { yield* [path, first, n]; } export const make = () => load({ path: "a", more: [7] });`,
    { path: "a", first: 7, n: 2 },
  ],
  [
    "rest parameters are part of the frame",
    `function* load(...paths: string[]) { yield* paths; } export const make = () => load("a", "b");`,
    { paths: ["a", "b"] },
  ],
  [
    "captured variables are part of the frame, as the paths that are used",
    `export function make() { const config = { port: 80, host: "h" }; const f = function* () { yield* [config.port]; }; return f(); }`,
    { "config.port": 80 },
  ],
  [
    "`this` is part of the frame of a method that uses it",
    `class Server { port = 80; *run(n: number) { yield* [this.port, n]; } } export const make = () => new Server().run(1);`,
    { this: { port: 80 }, n: 1 },
  ],
  [
    "`this` inside an arrow function counts",
    `class Server { port = 80; *run() { const f = () => this.port; yield* [f()]; } } export const make = () => new Server().run();`,
    { this: { port: 80 } },
  ],
  [
    "a private method's frame can be looked into",
    `class Server { *#run(n: number) { yield* [n]; } make() { return this.#run(5); } } export const make = () => new Server().make();`,
    { n: 5 },
  ],
  [
    "an object's method's frame can be looked into",
    `const server = { *run(n: number) { yield* [n]; } }; export const make = () => server.run(5);`,
    { n: 5 },
  ],
  [
    "a function without anything has an empty frame",
    `function* nothing() {} export const make = () => nothing();`,
    {},
  ],
];

it.each(FRAMES)("%s", async (_title, source, frame) => {
  const { exports, frames } = await executed(inside(source));
  const generator = (exports["make"] as Made)();
  expect(frames.look(generator)).toEqual(frame);
  const type = Object.getPrototypeOf(generator) as object;
  expect(frames.known.some((fn) => (fn as { prototype: object }).prototype === type)).toBe(true);
});

it("a function that was looked into runs from its beginning", async () => {
  const { exports, frames } = await executed(
    `function* two(n: number) { yield* [n, n + 1]; return n; } export const make = () => two(4);`,
  );
  const generator = (exports["make"] as Made)();
  frames.look(generator);
  expect([generator.next(), generator.next(), generator.next()]).toEqual([
    { done: false, value: 4 },
    { done: false, value: 5 },
    { done: true, value: 4 },
  ]);
});

it("a future that was made and not begun is pending until its first step", async () => {
  const { exports, frames } = await executed(
    `function* one() { yield* [1]; } export const make = () => one();`,
  );
  const generator = (exports["make"] as Made)();
  expect(frames.pending.size).toBe(1);
  generator.next();
  expect(frames.pending.size).toBe(0);
});

it("a generator with a plain `yield` is left as it is", async () => {
  const { exports, frames } = await executed(
    `function* plain(n: number) { yield n; yield* [n]; } export const make = () => plain(1);`,
  );
  (exports["make"] as Made)();
  expect([frames.pending.size, frames.known.length]).toEqual([0, 0]);
});

it("a plain `yield` in a function inside does not make the outer one plain", async () => {
  const { frames } = await executed(
    `export function* outer() { const inner = function* () { yield 1; }; yield* inner(); }`,
  );
  expect(frames.known.length).toBe(1);
});

it("`yield*` says where it stands and what it waits for", async () => {
  const { exports, awaits } = await executed(
    `export function* main() {\n  const items = [1];\n  yield* items;\n  yield* [...items, 2];\n}`,
  );
  const generator = (exports["main"] as Made)();
  while (generator.next().done !== true);
  expect(awaits).toEqual(["3:3 items", "4:3"]);
});
