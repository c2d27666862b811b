import { describe, expect, it } from "vitest";
import { describeFinding, readSourceFiles } from "./source-files.ts";
import { findStyleFindings } from "./style.ts";

/** Checks one small file against what must be said about it, as `line: part of the rule`. */
function check(path: string, text: string, expected: readonly string[]): void {
  const found = findStyleFindings([{ path, text }]).map(({ line, rule }) => `${line}: ${rule}`);
  expect(found.length, found.join("\n")).toBe(expected.length);
  for (const [index, part] of expected.entries()) expect(found[index]).toContain(part);
}

const lines = (count: number): string => "f();\n".repeat(count);

describe("the house style", () => {
  it("holds in src and tests", () => {
    const extensions = [".ts", ".tsx", ".mjs", ".astro", ".css"];
    const files = [...readSourceFiles("src", extensions), ...readSourceFiles("tests", extensions)];
    expect(files.length).toBeGreaterThan(50);
    expect(findStyleFindings(files).map(describeFinding)).toEqual([]);
  });

  it("takes 500 lines and not 501, and names 300 as the point to look twice", () => {
    check("src/base/long.ts", lines(500), []);
    check("src/base/long.ts", lines(501), ["501 lines, 500 are the limit (look twice at 300)"]);
  });

  it("takes a function of 70 lines and not of 71, whatever kind of function", () => {
    check("src/base/a.ts", `function f() {\n${lines(68)}}`, []);
    check("src/base/a.ts", `function long() {\n${lines(69)}}`, ["1: long has 71 lines"]);
    check("src/base/a.ts", `\nexport const long = () => {\n${lines(69)}};`, ["2: a function has 71 lines"]);
    check("src/base/a.ts", `class A {\n  long() {\n${lines(69)}}\n}`, ["2: long has 71 lines"]);
  });

  it("measures the tests of a suite and not the suite", () => {
    check("tests/base/a.test.ts", `describe("all", () => {\n${lines(100)}});`, []);
    check("tests/base/a.test.ts", `it("all", () => {\n${lines(100)}});`, ["1: a function has 102 lines"]);
  });

  it("wants kebab-case names, in folders too, and lets pages have parameters", () => {
    check("src/site/pages/learn/[part]/[...lesson].astro", "", []);
    check("src/site/lesson-page.test.ts", "", []);
    check("src/site/LessonPage.tsx", "", ["kebab-case"]);
    check("src/site/lesson_page.ts", "", ["kebab-case"]);
    check("src/Site/page.ts", "", ["kebab-case"]);
  });

  it("wants names that say what is inside", () => {
    check("src/base/utils.ts", "", ['"utils.ts" says nothing']);
    check("src/base/string-helpers.ts", "", ["says nothing"]);
    check("src/base/commonplace.ts", "", []);
  });

  it("finds promises of later work", () => {
    check("src/base/a.ts", "f();\n// TODO: more", ["2: "]);
    check("src/base/a.css", "/* good enough for now */", ["1: "]);
    check("src/base/a.ts", "const todoList = 1; // 0 stands for nowhere", []);
  });

  it("finds a silenced compiler, except at the edge to WebAssembly", () => {
    const silenced = "// @ts-ignore\nconst x: any = 1;";
    check("src/base/a.ts", silenced, ["1: ", '2: "any"']);
    check("src/vm/a.ts", silenced, []);
    check("src/base/b.ts", "const anyone = { any: 1 };", []);
  });
});
