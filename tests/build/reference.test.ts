import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import {
  claimsOf,
  createNodeEngine,
  firstSentence,
  listExamples,
  readReference,
  recordExample,
  type Reference,
  type ReferenceEntry,
} from "#build";
import type { Engine } from "#grade";

let reference: Reference;
let entries: readonly ReferenceEntry[];
let engine: Engine;
beforeAll(async () => {
  reference = await readReference();
  entries = reference.modules.flatMap((module) => module.entries);
  engine = await createNodeEngine();
});

const find = (specifier: string, name: string): ReferenceEntry => {
  const module = reference.modules.find((one) => one.specifier === specifier);
  const entry = module?.entries.find((one) => one.name === name);
  if (entry === undefined) throw new Error(`the reference has no ${name} of ${specifier}`);
  return entry;
};

it("has every module that a program can import, and every value that it exports", () => {
  const { exports } = JSON.parse(readFileSync(".generated/library.json", "utf8")) as {
    exports: Record<string, readonly string[]>;
  };
  const missing = Object.entries(exports).flatMap(([specifier, names]) => {
    const module = reference.modules.find((one) => one.specifier === specifier);
    const known = new Set(module?.entries.map(({ name }) => name));
    return names.filter((name) => !known.has(name)).map((name) => `${specifier}: ${name}`);
  });
  expect(missing).toEqual([]);
});

describe("documents", () => {
  const nameOf = ({ declared }: { readonly declared: ReferenceEntry["declared"] }) =>
    `${declared.file}: ${declared.name}`;

  it("every name and every member in words", () => {
    const all = entries.flatMap((entry) => [entry, ...entry.members]);
    expect(all.filter(({ doc }) => doc.prose.length === 0).map(nameOf)).toEqual([]);
  });

  it("what every class and function of std and rt stands for, or how it differs, with an example", () => {
    const used = reference.modules
      .filter(({ group }) => group !== "authors")
      .flatMap((module) => module.entries)
      .filter(({ kind }) => kind === "class" || kind === "function");
    expect(used.filter(({ doc }) => doc.examples.length === 0).map(nameOf)).toEqual([]);
    expect(used.filter(({ doc }) => doc.rust === undefined && doc.differs === undefined).map(nameOf)).toEqual(
      [],
    );
  });

  it("without Markdown that the pages do not show", () => {
    const texts = entries
      .flatMap((entry) => [entry, ...entry.members])
      .flatMap((one) =>
        [one.doc.prose, one.doc.throws, one.doc.cancel ?? [], one.doc.differs ?? []]
          .flat(2)
          .filter(({ kind, text }) => kind === "text" && /(^|\s)[*_]+\w|\]\(|^[-*] |^#/m.test(text))
          .map(({ text }) => `${nameOf(one)}: ${text}`),
      );
    expect(texts).toEqual([]);
  });
});

it("shows a signature as the editor does, and inherited members with those of their own", () => {
  expect(find("std/sync", "Mutex").signatures).toEqual(["class Mutex<T>"]);
  expect(find("rt", "Future").signatures).toEqual(["abstract class Future<T>"]);
  expect(find("std/sync", "Mutex").members.find(({ name }) => name === "lock")?.signatures).toEqual([
    "lock(options?: LockOptions): MutexGuard<T>",
  ]);
  const own = find("std/net", "TcpStream").members.map(({ name }) => name);
  expect(own).toEqual(expect.arrayContaining(["read", "close", "port"]));
  expect(own).not.toContain("new");
});

it("tells of a name that is a type and a value what it is, then how it is made", () => {
  const { kind, signatures, doc } = find("rt", "Poll");
  expect(kind).toBe("type");
  expect(signatures.map((one) => one.split(/[<:]/)[0])).toEqual(["type Poll", "const Poll"]);
  expect(signatures[0]).toContain("\n  readonly ready: true;");
  expect(signatures[1]).toContain("\n  // The future is over: this is its value.\n  ready<T>");
  expect(doc.prose.length).toBeGreaterThan(1);
  expect(find("std/sync", "Mutex").members[0]?.signatures).toEqual(["new Mutex(value: T)"]);
});

it("documents a name that two modules have where it comes first", () => {
  expect(find("rt", "spawn").sameAs).toBeUndefined();
  expect(find("rt/task", "spawn").sameAs).toBe("rt");
  expect(find("rt/sync", "Mutex").sameAs).toBeUndefined();
});

it("every example runs to its end and prints what its comments say", async () => {
  const problems: string[] = [];
  for (const example of listExamples(reference)) {
    const problem = await recordExample(engine, example, new Map());
    if (problem !== undefined) problems.push(problem);
  }
  expect(problems.join("\n\n")).toBe("");
});

describe("an example that is wrong is named with its place and what to do:", () => {
  const declared = { file: "src/guest/std/some.ts", name: "Some.thing", line: 7 };
  const judge = (code: string) => recordExample(engine, { code, declared }, new Map());

  it("it prints something else", async () => {
    expect(await judge("console.log(1); // 2")).toBe(
      "src/guest/std/some.ts:7: The example of `Some.thing` prints\n  1\nand its comments say\n  2\nCorrect one of the two.",
    );
  });

  it("it says nothing of a line", async () => {
    expect(await judge("console.log(1);")).toContain("its comments say\n  (nothing)");
  });

  it("it fails", async () => {
    expect(await judge(`throw new RangeError("no");`)).toMatch(/some\.ts:7: .* ends as panic: .*no/);
  });

  it("it does not compile", async () => {
    expect(await judge("const = 1;")).toMatch(/some\.ts:7: .* does not compile:\n {2}line 1/);
  });
});

it("what an example prints stands behind its code, several lines of one statement with commas", () => {
  const code = [
    "// What this shows.",
    "for (const n of [1, 2]) console.log(n); // 1, 2",
    "  // Nothing is printed here.",
    'console.log("//"); // //',
  ];
  expect(claimsOf(code.join("\n"))).toEqual(["1", "2", "//"]);
});

it.each([
  ["A queue. It is long.", "A queue."],
  ["A queue: it is long.", "A queue."],
  ["Waits (0: for ever; 1. once). Then.", "Waits (0: for ever; 1. once)."],
  ["Takes 0.1 ms", "Takes 0.1 ms"],
])("the first sentence of “%s” is “%s”", (text, sentence) => {
  const doc = { prose: [[{ kind: "text", text } as const]], throws: [], examples: [] };
  expect(
    firstSentence(doc)
      .map((piece) => piece.text)
      .join(""),
  ).toBe(sentence);
});
