import { beforeAll, describe, expect, it } from "vitest";
import { openEditor } from "./editor-check.ts";
import { TYPICAL_CODE } from "./learner-code.ts";
import { MISTAKES } from "./learner-mistakes.ts";

let check: Awaited<ReturnType<typeof openEditor>>;
beforeAll(async () => {
  check = await openEditor();
});

it("a page of typical code, of all of `std` and `rt`, has nothing underlined", async () => {
  expect(await check(TYPICAL_CODE)).toEqual([]);
});

describe("one readable error is shown for", () => {
  it.each(MISTAKES)("$title", async ({ code, error, line, says }) => {
    const found = await check(code);
    expect(found).toEqual([{ code: error, line, message: expect.stringContaining(says) }]);
  });
});
