import { beforeAll, expect, it } from "vitest";
import { listExamples, readReference } from "#build";
import { openEditor } from "./editor-check.ts";

let check: Awaited<ReturnType<typeof openEditor>>;
beforeAll(async () => {
  check = await openEditor();
});

it("the editor underlines nothing in an example of the reference", async () => {
  const examples = listExamples(await readReference());
  expect(examples.length).toBeGreaterThan(50);
  const underlined: string[] = [];
  for (const { code, declared } of examples)
    for (const { line, message } of await check(code))
      underlined.push(`${declared.file}: the example of ${declared.name}, line ${line}: ${message}`);
  expect(underlined).toEqual([]);
});
