import { describe, expect, it } from "vitest";
import { findNearNames, formatProblem, loadPart, parseFrontMatter } from "#course";
import { createMemoryFiles } from "./memory-files.ts";

const FRONT = {
  title: "A timeout",
  summary: "With a thread and a channel.",
  minutes: 15,
  objectives: ["write one"],
  sources: [{ article: "A3", section: "Channels" }],
};

describe("front matter", () => {
  it("is taken as it is, without prerequisites where there are none", () => {
    expect(parseFrontMatter("a.mdx", FRONT)).toEqual({ ok: true, value: { ...FRONT, prerequisites: [] } });
  });

  const mistakes: [title: string, fields: Record<string, unknown>, field: string][] = [
    ["no objectives", { objectives: [] }, "objectives"],
    ["an article by its title", { sources: [{ article: "Why async?" }] }, "sources[0].article"],
    ["minutes below one", { minutes: 0 }, "minutes"],
    ["an unknown field", { author: "?" }, ""],
  ];
  it.each(mistakes)("with %s is refused, with file and field", (_, fields, field) => {
    const parsed = parseFrontMatter("a.mdx", { ...FRONT, ...fields });
    expect(parsed).toMatchObject({ ok: false, problems: [{ file: "a.mdx", field }] });
  });
});

describe("part.json", () => {
  it("is read from the part's folder", async () => {
    const files = createMemoryFiles({
      "content/02-waiting/part.json": '{"title":"Waiting","summary":"Without async."}',
    });
    expect(await loadPart(files, "02-waiting")).toEqual({
      ok: true,
      value: { title: "Waiting", summary: "Without async." },
    });
  });

  it("that is missing is named", async () => {
    const loaded = await loadPart(createMemoryFiles({}), "02-waiting");
    expect(loaded.ok ? [] : loaded.problems.map(formatProblem)).toEqual([
      'content/02-waiting/part.json: This file is missing. Add it: { "title": …, "summary": … }.',
    ]);
  });
});

it("near names are at most a third away, the nearest first", () => {
  const known = ["block-on", "lost-update", "timeout-without-async", "timeout-combinator"];
  expect(findNearNames("timeout-without-asinc", known)).toEqual(["timeout-without-async"]);
  expect(findNearNames("timeout", known)).toEqual(["timeout-combinator", "timeout-without-async"]);
  expect(findNearNames("blockon", known)).toEqual(["block-on"]);
  expect(findNearNames("zzzzzz", known)).toEqual([]);
});
