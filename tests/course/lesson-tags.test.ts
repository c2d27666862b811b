import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { COMPONENT_SCHEMAS, findPrograms, flattenTags, readLessonTags, type LessonTag } from "#course";

const fence = (code: string, language = "ts") => `\n\n\`\`\`${language}\n${code}\n\`\`\`\n\n`;
const names = (text: string) => flattenTags(readLessonTags(text).tags).map((tag) => tag.name);
const only = (text: string): LessonTag => {
  const { tags, mistakes } = readLessonTags(text);
  expect(mistakes).toEqual([]);
  expect(tags).toHaveLength(1);
  return tags[0] as LessonTag;
};

describe("components are found", () => {
  const texts: [title: string, text: string, found: string[]][] = [
    ["in a line", 'So <Source article="A3" /> says.', ["Source"]],
    [
      "inside each other, the outer first",
      "<Pair><Rust>x</Rust><TypeScript>y</TypeScript></Pair>",
      ["Pair", "Rust", "TypeScript"],
    ],
    [
      "behind an arrow and a greater-than in a value",
      '<Example title="a > b" output={["1 -> 2"]}>x</Example><Aside>y</Aside>',
      ["Example", "Aside"],
    ],
    ["not in a fence", `${fence("<Quiz />")}<Aside>x</Aside>`, ["Aside"]],
    [
      "not in a longer fence with a fence inside",
      "````\n```\n<Quiz />\n```\n<Quiz />\n````\n<Aside />",
      ["Aside"],
    ],
    [
      "not in code in a line, with one backtick or two",
      "`<Quiz />` and ``a ` <Quiz />`` <Aside />",
      ["Aside"],
    ],
    ["behind a backtick that nothing closes", "a ` b\n\n<Aside /> `", ["Aside"]],
    ["not in a comment", "{/* <Quiz /> */}<Aside />", ["Aside"]],
    ["not in front matter", "---\ntitle: <Quiz />\n---\n<Aside />", ["Aside"]],
    ["and not HTML", '<div><svg viewBox="0 0 1 1" /></div> 1 < 2', []],
  ];
  it.each(texts)("%s", (_, text, found) => expect(names(text)).toEqual(found));

  it("with their listings, language and place", () => {
    const tag = only(`\n<OneClock\n  title="T">${fence("one();")}prose${fence("two();", "rust")}</OneClock>`);
    expect(tag.place).toEqual({ line: 2, column: 1 });
    expect(tag.listings).toEqual([
      { language: "ts", code: "one();\n", place: { line: 5, column: 1 } },
      { language: "rust", code: "two();\n", place: { line: 11, column: 1 } },
    ]);
  });
});

describe("attributes are data", () => {
  const values: [text: string, value: unknown][] = [
    ['a="x &amp; &quot;y&quot; &#60;"', 'x & "y" <'],
    ["a='it is \"so\"'", 'it is "so"'],
    ["a={`two\nlines`}", "two\nlines"],
    ["a={-1.5}", -1.5],
    ["a", true],
    ['a={[{ b: ["c", true], "d-e": null }]}', [{ b: ["c", true], "d-e": null }]],
    ["a={ /* why */ 1 }", 1],
  ];
  it.each(values)("%s", (text, value) => expect(only(`<Aside ${text} />`).attributes["a"]).toEqual(value));

  const mistakes: [text: string, place: string, message: string][] = [
    ["<Aside a={b} />", "1:11", "`a` of <Aside> cannot be read: it is computed."],
    ["<Aside a={`${1}`} />", "1:11", "`a` of <Aside> cannot be read: it is computed."],
    ["<Aside a={[1,} />", "1:11", "`a` of <Aside> cannot be read: Unexpected token."],
    ["<Aside a={1 2} />", "1:13", "`a` of <Aside> is not closed."],
    ["<Aside a=1 />", "1:10", "`a` of <Aside> has no value."],
    ["<Aside {...b} />", "1:8", "Here begins no attribute of <Aside>."],
    ["text\n</Aside>", "2:1", "</Aside> closes nothing."],
  ];
  it.each(mistakes)("%s is refused, with its place", (text, place, message) => {
    const [mistake] = readLessonTags(text).mistakes;
    expect(`${mistake?.place.line}:${mistake?.place.column} ${mistake?.message}`).toBe(`${place} ${message}`);
  });
});

it("the programs of a lesson are those of its examples, clocks and questions, in order", () => {
  const because = `because: "b"`;
  const text = [
    `<Predict question="p" after={2} options={[{ prints: [], ${because} }, { prints: ["x"], ${because} }]}>${fence("one();")}</Predict>`,
    `<Quiz question="q" options={[{ program: "two();", prints: [], ${because} }, { prints: ["x"], ${because} }, { text: "t", ${because} }]}>${fence("three();")}</Quiz>`,
    `<Quiz question="no program" options={[{ text: "t", right: true, ${because} }, { text: "t", ${because} }]}>${fence("no();")}</Quiz>`,
    `<Pair><Rust>${fence("no();", "rust")}</Rust><TypeScript>${fence("no();")}</TypeScript></Pair>`,
    `<OneClock title="c" left="l" right="r">${fence("four();")}${fence("five();")}</OneClock>`,
    `<Example title="e">${fence("six();")}</Example>`,
    fence("no();"),
  ].join("\n\n");
  const programs = findPrograms(readLessonTags(text).tags);
  expect(programs.map(({ title, after, code }) => [title, after, code.trim()])).toEqual([
    ["p", 2, "one();"],
    ["q", undefined, "two();"],
    ["q", undefined, "three();"],
    ["c, l", undefined, "four();"],
    ["c, r", undefined, "five();"],
    ["e", undefined, "six();"],
  ]);
});

it("every component that a lesson may use says which attributes it has", () => {
  const list = readFileSync("src/site/components/lesson-components.ts", "utf8");
  const known = [...list.matchAll(/^import (\w+) from/gm)].map(([, name]) => name);
  expect(Object.keys(COMPONENT_SCHEMAS).sort()).toEqual(known.sort());
});
