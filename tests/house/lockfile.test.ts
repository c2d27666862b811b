import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findLockFindings } from "./lockfile.ts";
import type { Lock } from "./lockfile.ts";
import { root } from "./source-files.ts";

/** Checks a small lock against the beginnings of what must be said about it. */
function check(packages: Lock["packages"], expected: readonly string[]): void {
  const found = findLockFindings({ packages });
  expect(found.length, found.join("\n")).toBe(expected.length);
  for (const [index, beginning] of expected.entries()) expect(found[index]).toContain(beginning);
}

describe("package-lock.json", () => {
  it("installs on every machine", () => {
    const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as Lock;
    expect(Object.keys(lock.packages).length).toBeGreaterThan(100);
    expect(findLockFindings(lock)).toEqual([]);
  });

  it("names no registry", () => {
    check({ "node_modules/a": { resolved: "https://example.org/a.tgz" } }, [
      'node_modules/a has a "resolved" address',
    ]);
  });

  it("has the packages of every platform, for the root and for every package", () => {
    check({ "": { optionalDependencies: { "b-mac": "1.0.0" } } }, ["package.json wants b-mac"]);
    check(
      {
        "node_modules/a": { optionalDependencies: { "a-linux": "1.0.0", "a-mac": "1.0.0" } },
        "node_modules/a-linux": {},
      },
      ["node_modules/a wants a-mac"],
    );
  });

  it("finds a package nested or further up, as Node does", () => {
    const wants = { optionalDependencies: { c: "1.0.0" } };
    check({ "node_modules/a": wants, "node_modules/a/node_modules/c": {} }, []);
    check({ "node_modules/a/node_modules/b": wants, "node_modules/c": {} }, []);
    check({ "node_modules/a": wants, "node_modules/b/node_modules/c": {} }, ["node_modules/a wants c"]);
  });
});
