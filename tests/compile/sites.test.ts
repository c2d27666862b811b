import { describe, expect, it } from "vitest";
import { compiled, execute, formatSite } from "./harness.ts";

/** `main()` of a snippet that imports `where` and `keep`. */
async function run(source: string): Promise<unknown> {
  const program = await compiled({
    "main.ts": `import { where, keep, Mutex, channel } from "std/sync";\n${source}`,
  });
  return execute(program).exports["main"]!();
}

describe("the site of a call", () => {
  it.each([
    ["a call is placed at its start", "export const main = () => where();", "2:27"],
    ["arguments without calls do not matter", "export const main = () => keep(where(1, [2]));", "2:32"],
    [
      "a call in an argument does not take the outer call's site",
      "export function main() {\n  return where(keep(1), 2);\n}",
      "3:10",
    ],
    ["nor do several of them", "export function main() {\n  return where(keep(1), keep(2), 3);\n}", "3:10"],
    [
      "a call in the last spread argument does not either",
      "export function main() {\n  return where(...keep([1]));\n}",
      "3:10",
    ],
    [
      "nor one in a computed key",
      "const o = { where };\nexport const main = () => o[keep('where')]();",
      "3:27 o",
    ],
    ["nor one in the callee", "const get = () => where;\nexport const main = () => get()();", "3:27"],
    [
      "nor one before the method",
      "const self = () => ({ where });\nexport const main = () => self().where();",
      "3:27",
    ],
    [
      "nor a yield in an argument",
      "function* g(): any { return where(yield 1); }\nexport function main() { const i = g(); i.next(); return i.next().value; }",
      "2:29",
    ],
    ["a tagged template is a call", "export const main = () => where`a${keep(1)}b`;", "2:27"],
    ["a tagged template without calls is one too", "export const main = () => where`a${1}b`;", "2:27"],
    [
      "a method of a chain over lines is placed at its name",
      "const o = { where };\nexport const main = () => o\n  .where();",
      "4:4 o",
    ],
    [
      "an optional chain is placed at its start",
      "const o: any = { where };\nexport const main = () => o?.where(1);",
      "3:27 o",
    ],
    [
      "an argument carries the site into an optional chain",
      "const o: any = { self: () => o, where };\nexport const main = () => o?.self().where(1);",
      "3:27",
    ],
    [
      "types between are not counted",
      "export const main = () => (where as (n: number) => string)(keep<number>(1));",
      "2:28",
    ],
    [
      "characters of several bytes count as UTF-16 units",
      'export const main = () => ["ü😀", where()][1];',
      "2:35",
    ],
    [
      "a call is placed where it is written, not where it is compiled to",
      "type A = {\n  b: number;\n};\ninterface B extends A {}\nexport const main = () => where();",
      "6:27",
    ],
  ])("%s", async (_, source, site) => {
    expect(await run(source)).toBe(site);
  });

  it("`new` sets the site inside the constructor", async () => {
    expect(await run("export const main = () => [new Mutex(keep(0)).at, new Mutex().at];")).toEqual([
      "2:28",
      "2:51",
    ]);
  });
});

describe("the name of a site", () => {
  it.each([
    ["const queue = new Mutex(0);\nexport const main = () => queue.at;", "2:15 queue"],
    ["const [tx, rx] = channel();\nexport const main = () => tx;", "2:18 tx, rx"],
    [
      "class A { flag: any; constructor() { this.flag = new Mutex(); } }\nexport const main = () => new A().flag.at;",
      "2:50 this.flag",
    ],
    ["class A { flag = new Mutex(); }\nexport const main = () => new A().flag.at;", "2:18 flag"],
    [
      "class A { #flag = new Mutex(); at() { return this.#flag.at; } }\nexport const main = () => new A().at();",
      "2:19 #flag",
    ],
    ["const box = { lock: new Mutex() };\nexport const main = () => box.lock.at;", "2:21 lock"],
    ["const tx = { where };\nexport const main = () => tx.where();", "3:27 tx"],
    ["const pair = { tx: { where } };\nexport const main = () => keep(pair.tx.where());", "3:32 pair.tx"],
    [
      "class A { #w = { where }; at() { return this.#w.where(); } }\nexport const main = () => new A().at();",
      "2:41 this.#w",
    ],
    ["let later: any;\nlater = new Mutex();\nexport const main = () => later.at;", "3:9 later"],
    ["const o: any = { where };\nexport const main = () => { const x = o?.where(1); return x; };", "3:39 x"],
    ["const { at } = new Mutex();\nexport const main = () => at;", "2:16 at"],
    ["const first = (lock = new Mutex()) => lock.at;\nexport const main = () => first();", "2:23 lock"],
  ])("%s", async (source, site) => {
    expect(await run(source)).toBe(site);
  });

  it("is the author's spelling where the bundler had to rename", async () => {
    const program = await compiled({
      "main.ts": `import { other } from "./other";\nimport { Mutex } from "std/sync";\nconst queue = new Mutex();\nclass Job { static made = new Mutex(); static at() { return Job.made.lock().at; } }\nexport const main = () => [queue.at, queue.lock().at, other(), Job.at()];`,
      "other.ts": `import { Mutex } from "std/sync";\nconst queue = new Mutex();\nclass Job {}\nexport const other = () => queue.lock().at + new Job().constructor.name;`,
    });
    expect(execute(program).exports["main"]!()).toEqual([
      "3:15 queue",
      "5:38 queue",
      "4:28 queueJob",
      "4:61 Job.made",
    ]);
  });
});

describe("sites of a program of several files", () => {
  it("all point at what they are about, in the file it is written in", async () => {
    const files = {
      "main.ts": `// A comment\nimport { spawn } from "std/thread";\nimport { Pool } from "./lib/pool.ts";\n\nconst pool: Pool = new Pool<number>(2);\nlet done = 0;\nexport function main() {\n  for (const job of pool.jobs()) spawn(() => { done += job; });\n  delete pool.size;\n}\n`,
      "lib/pool.ts": `import { twice } from "./";\ninterface Job { n: number }\nexport class Pool<T = Job> {\n  items: number[] = [];\n  size?: number;\n  constructor(n: number) { this.size = twice(n); }\n  /* jobs */ jobs(this: Pool<T>): number[] { this.items[0] = 1; return this.items; }\n}\n`,
      "lib/index.ts": `export function twice(n: number): number {\n\treturn Math.max(n * 2, 0);\n}\n`,
    };
    const { sites } = await compiled(files);
    expect(sites[0]).toEqual({ file: "", line: 0, column: 0, name: "" });
    const told = sites.slice(1).map((site) => {
      const text = files[site.file as keyof typeof files].split("\n")[site.line - 1]!;
      return `${site.file} ${formatSite(site)} | ${text.slice(site.column - 1, site.column + 9)}`;
    });
    expect(told).toEqual([
      "lib/index.ts 2:9 Math | Math.max(n",
      "lib/pool.ts 6:40 this.size | twice(n); ",
      "lib/pool.ts 7:46 this.items | this.items",
      "main.ts 5:20 pool | new Pool<n",
      "main.ts 8:21 pool | pool.jobs(",
      "main.ts 8:48 done | done += jo",
      "main.ts 8:34 | spawn(() =",
      "main.ts 8:21 | pool.jobs(",
      "main.ts 9:10 pool | pool.size;",
    ]);
  });
});

describe("loops", () => {
  it("`for … of` asks the runtime for its iterator and names what it goes over", async () => {
    const program = await compiled({
      "main.ts":
        "export function main() {\n  const rx = [1];\n  for (const v of rx) rx.pop();\n  for (const v of rx.map((x) => x)) {}\n  for (const k in rx) {}\n}",
    });
    const { exports, loops } = execute(program);
    exports["main"]!();
    expect(loops).toEqual(["3:19 rx", "4:19"]);
  });
});
