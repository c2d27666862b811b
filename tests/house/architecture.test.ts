import { describe, expect, it } from "vitest";
import { findArchitectureFindings } from "./architecture.ts";
import { describeFinding, readSourceFiles } from "./source-files.ts";

/** Checks small files by path against the findings they must have, as `path:line: beginning of the rule`. */
function check(files: Readonly<Record<string, string>>, expected: readonly string[]): void {
  const sources = Object.entries(files).map(([path, text]) => ({ path, text }));
  const found = findArchitectureFindings(sources).map(describeFinding);
  expect(found.length, found.join("\n")).toBe(expected.length);
  for (const [index, beginning] of expected.entries()) expect(found[index]).toContain(beginning);
}

describe("the direction of imports", () => {
  it("holds in every file of src", () => {
    const files = readSourceFiles("src", [".ts", ".tsx", ".mjs", ".astro"]);
    expect(files.length).toBeGreaterThan(50);
    expect(findArchitectureFindings(files).map(describeFinding)).toEqual([]);
  });

  it("lets a folder import those below it", () => {
    check({ "src/explorer/a.ts": 'import { x } from "#kernel";\nimport type { y } from "./b.ts";' }, []);
  });

  it("stops an import that points up, and names the line", () => {
    check({ "src/kernel/a.ts": '\nimport { x } from "#machine";' }, [
      'src/kernel/a.ts:2: src/kernel must not import "#machine"',
    ]);
  });

  it("stops a type that points up, however it is written", () => {
    check(
      {
        "src/base/a.ts": 'import type { X } from "#abi";',
        "src/base/b.ts": 'export type Y = import("#abi").X;',
        "src/base/c.ts": 'export * from "#abi";',
        "src/base/d.ts": 'const late = await import("#abi");',
      },
      ["src/base/a.ts:1", "src/base/b.ts:1", "src/base/c.ts:1", "src/base/d.ts:1"],
    );
  });

  it("does not take a comment or a text for an import", () => {
    check({ "src/base/a.ts": '// import { x } from "#site";\nexport const text = `import "#site"`;' }, []);
  });

  it("stops a path around another folder's index", () => {
    check(
      { "src/machine/a.ts": 'import { x } from "../kernel/clock.ts";\nimport { y } from "#kernel/clock";' },
      [
        'src/machine/a.ts:1: "../kernel/clock.ts" reaches into another folder. Import "#kernel"',
        'src/machine/a.ts:2: "#kernel/clock" reaches into another folder',
      ],
    );
  });

  it("stops a folder that imports its own index", () => {
    check({ "src/kernel/a.ts": 'import { x } from "#kernel";\nimport { y } from "./index.ts";' }, [
      "src/kernel/a.ts:1",
      "src/kernel/a.ts:2",
    ]);
  });

  it("keeps the guest out of everybody's imports", () => {
    check({ "src/build/a.ts": 'import { spawn } from "../guest/std/thread.ts";' }, [
      "src/build/a.ts:1: src/guest is imported by nobody",
    ]);
  });

  it("keeps Node out of the engine and out of the browser", () => {
    check(
      {
        "src/grade/a.ts": 'import { readFileSync } from "node:fs";',
        "src/cli/a.ts": 'import { readFileSync } from "node:fs";',
        "src/site/island.tsx": 'import { readFileSync } from "node:fs";',
      },
      ["src/grade/a.ts:1", "src/site/island.tsx:1"],
    );
  });

  it("keeps page packages out of the engine", () => {
    check({ "src/course/a.ts": 'import { z } from "astro/zod";' }, [
      'src/course/a.ts:1: "astro/zod" belongs',
    ]);
  });

  it("stops an index that does more than export", () => {
    check({ "src/base/index.ts": 'export * from "./a.ts";\nexport const x = 1;' }, [
      "src/base/index.ts:2: a folder's index is a list of exports",
    ]);
  });

  it("asks for the place of a new folder", () => {
    check({ "src/extras/a.ts": "" }, ["src/extras/a.ts:1: src/extras is not in the house plan"]);
  });
});

describe("the site", () => {
  it("may use the build and the course at build time", () => {
    check({ "src/site/pages/a.astro": '---\nimport { x } from "#course";\n---\n<p>import "#grade"</p>' }, []);
  });

  it("reaches the engine through the worker only", () => {
    check({ "src/site/a.ts": 'import { x } from "#worker";\nimport { y } from "#grade";' }, [
      'src/site/a.ts:2: src/site must not import "#grade"',
    ]);
  });

  it("keeps build-time modules out of an Astro page's scripts", () => {
    check(
      { "src/site/a.astro": '---\nconst a = 1;\n---\n<script>\n  import { x } from "#course";\n</script>' },
      ['src/site/a.astro:5: "#course" would reach the browser'],
    );
  });

  it("keeps them out of whatever an island imports", () => {
    check(
      {
        "src/site/island.tsx": 'import { x } from "./near.ts";',
        "src/site/near.ts": 'import { y } from "#build";',
        "src/site/loader.ts": 'import { y } from "#build";',
      },
      ['src/site/near.ts:1: "#build" would reach the browser'],
    );
  });
});
