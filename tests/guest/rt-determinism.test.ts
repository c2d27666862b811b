import { expect, it } from "vitest";
import { load, seeded } from "../engine.ts";
import { TWO_EXECUTORS } from "./two-executors.ts";

const OTHER = `import { spawn } from "std/thread"; export function main() { spawn(() => 1).join(); }`;

it("tasks in two executors run the same for the same seed, also after 1,000 other runs", async () => {
  const program = await load(`${TWO_EXECUTORS}\nexport function main() { console.log(order); }`);
  const other = await load(OTHER);
  const runAll = (): unknown[] =>
    Array.from({ length: 30 }, (_, seed) =>
      program.run({ entry: { kind: "main" }, chooser: seeded(seed), record: true }),
    );
  const first = runAll();
  for (let i = 0; i < 1000; i++)
    (i % 2 === 0 ? program : other).run({ entry: { kind: "main" }, chooser: seeded(5000 + i) });
  expect(runAll()).toEqual(first);
  const outputs = new Set(
    first.map((result) => (result as { printed: { text: string }[] }).printed[0]?.text),
  );
  expect(outputs.size).toBeGreaterThan(5);
});
