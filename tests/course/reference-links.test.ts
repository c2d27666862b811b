import { expect, it } from "vitest";
import { checkLessons, formatProblem } from "#course";
import { createMemoryFiles } from "./memory-files.ts";

const FILE = "content/01-locks/01-counting.mdx";
const FRONT = [
  "title: Counting together",
  "summary: Two threads, one number.",
  "minutes: 10",
  "objectives:",
  "  - Count with a lock",
  "prerequisites: []",
  "sources:",
  "  - article: A3",
];
const REFERENCE = { modules: [], addresses: ["", "std/sync/", "std/sync/#Mutex", "std/sync/#Mutex.lock"] };

async function problemsOf(body: string, reference: object | null = REFERENCE): Promise<readonly string[]> {
  const texts = {
    "content/01-locks/part.json": '{ "title": "Locks", "summary": "One at a time." }',
    [FILE]: `---\n${FRONT.join("\n")}\n---\n\n${body}\n`,
    ...(reference !== null && { ".generated/reference.json": JSON.stringify(reference) }),
  };
  const { problems } = await checkLessons(createMemoryFiles(texts));
  return problems.map(formatProblem);
}

it("a link to a place of the reference is no problem, nor is one that nobody can look up", async () => {
  const body = "[a](/reference/) [b](/reference/std/sync/) [c](/reference/std/sync/#Mutex.lock)";
  expect(await problemsOf(body)).toEqual([]);
  expect(await problemsOf("[a](/reference/nowhere/)", null)).toEqual([]);
});

it("a link to what the reference does not have is named, with what was meant", async () => {
  expect(await problemsOf("[a](/reference/std/sync/#Mutex.lok)")).toEqual([
    `${FILE}:12:3: The link /reference/std/sync/#Mutex.lok leads nowhere. Did you mean \`/reference/std/sync/#Mutex.lock\`?`,
  ]);
  expect(await problemsOf("[a](/reference/rt)")).toEqual([
    `${FILE}:12:3: The link /reference/rt leads nowhere. The site's /reference/ lists what there is.`,
  ]);
});
