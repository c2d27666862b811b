import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { packHashes, shinglesOf, unpackHashes } from "./shingles.ts";

const articles = unpackHashes(readFileSync(join(import.meta.dirname, "article-shingles.bin")));

/** Lessons, and all that an exercise says or shows. */
const texts = ["content", "exercises"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(mdx?|json|ts)$/.test(path))
    .map((path) => join(folder, path)),
);

it("the hashes of the articles are there", () => {
  expect(articles.size).toBeGreaterThan(14_000);
});

it("no text shares eight words in a row with an article", () => {
  const shared = texts.flatMap((path) =>
    [...shinglesOf(readFileSync(path, "utf8"))]
      .filter(([hash]) => articles.has(hash))
      .map(([, words]) => `${path}: ${words}`),
  );
  expect(shared).toEqual([]);
});

it("eight words are found whatever stands between them", () => {
  const hashes = unpackHashes(
    packHashes(shinglesOf("One two, three four. Five six — seven eight nine").keys()),
  );
  expect(hashes.size).toBe(2);
  const [shared] = shinglesOf("# one *two* THREE\nfour `five` six seven “eight”").keys();
  expect(hashes.has(shared ?? "")).toBe(true);
  expect(shinglesOf("one two three four five six seven").size).toBe(0);
});
