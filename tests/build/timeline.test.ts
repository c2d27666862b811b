import { beforeAll, expect, it } from "vitest";
import { createNodeEngine, exampleId, findExamples, formatPrinted, recordExample } from "#build";
import type { Engine } from "#grade";

let engine: Engine;
beforeAll(async () => {
  engine = await createNodeEngine();
});

const HELLO = `import { sleep, spawn } from "std/thread";
export function main(): void {
  spawn(() => { sleep(1000); console.log("late"); }, { name: "w" });
  console.log("early");
}
`;

it("an example is executed, and what it printed stands in columns", async () => {
  const recording = await recordExample(engine, HELLO);
  expect(formatPrinted(recording)).toEqual(["    0 ms  main  early", "1,000 ms  w     late"]);
  expect(recording.message).toBe("");
});

it("an example's timeline has a column for each of its steps", async () => {
  const { steps, timeline } = await recordExample(engine, HELLO);
  expect(steps.length).toBeGreaterThan(2);
  expect(timeline.columns.map((column) => column.step)).toEqual(steps.map((step) => step.index));
});

it("an example may fail, and says how", async () => {
  const recording = await recordExample(
    engine,
    `export function main(): void { throw new RangeError("no"); }`,
  );
  expect(recording.message).toContain("RangeError: no");
});

it("an example that does not compile stops the build, with its line", async () => {
  await expect(recordExample(engine, `export function main() {\n  const = 1;\n}`)).rejects.toThrow(/line 2/);
});

it("a long run keeps its beginning and its end", async () => {
  const code = `import { sleep } from "std/thread";
    export function main(): void { for (let i = 0; i < 2500; i += 1) { sleep(1); console.log(i); } }`;
  const { steps, timeline, printed } = await recordExample(engine, code);
  expect(printed).toHaveLength(2500);
  expect(steps.length).toBeLessThanOrEqual(200);
  expect(timeline.columns).toHaveLength(steps.length);
  expect(timeline.spans.length).toBeLessThan(2 * steps.length + 2);
});

it("the programs of a lesson are found, whatever stands in the claims about them", () => {
  const fence = (code: string) => `\n\n\`\`\`ts\n${code}\n\`\`\`\n\n</Example>\n`;
  const text = `<Example title="a > b" output={["1 -> 2"]}>${fence("one();")} prose
\`\`\`ts\nno();\n\`\`\`\n<Example>${fence("two();")}`;
  expect(findExamples(text)).toEqual(["one();\n", "two();\n"]);
});

it("a program is the same whatever white space surrounds it", () => {
  expect(exampleId("\na();\n")).toBe(exampleId("a();"));
  expect(exampleId("a();")).not.toBe(exampleId("b();"));
});
