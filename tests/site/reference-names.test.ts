import { describe, expect, it } from "vitest";
import type { ReferenceEntry, ReferenceModule } from "#build";
import { linkNames } from "../../src/site/reference/link-names.ts";
import { findNamed, readProgramNames } from "../../src/site/reference/names.ts";

const doc = { prose: [], throws: [], examples: [] };
const declared = { file: "", name: "", line: 1 };
const part = (name: string) => ({ name, signatures: [], doc, declared });

function entry(name: string, members: readonly string[] = [], sameAs?: string): ReferenceEntry {
  return {
    ...part(name),
    kind: "class",
    members: members.map(part),
    ...(sameAs !== undefined && { sameAs }),
  };
}

function module(
  specifier: string,
  group: ReferenceModule["group"],
  entries: readonly ReferenceEntry[],
): ReferenceModule {
  return { specifier, group, about: "", entries };
}

const MODULES = [
  module("std/sync", "std", [
    entry("Mutex", ["lock", "tryLock"]),
    entry("Receiver", ["recvTimeout"]),
    entry("channel"),
  ]),
  module("std/thread", "std", [entry("park"), entry("spawn")]),
  module("rt", "rt", [entry("spawn"), entry("select"), entry("Future", ["poll", "pollOnce"])]),
  module("rt/sync", "rt", [entry("Mutex", ["lock", "tryLock"]), entry("channel"), entry("watch")]),
  module("rt/task", "rt", [entry("spawn", [], "rt"), entry("Scope", ["spawn"])]),
  module("check", "authors", [entry("ms")]),
];

const program = (code: string) => `Text.\n\n\`\`\`ts\n${code}\n\`\`\`\n`;
const STD = program('import { channel } from "std/sync";');
const RT = program('import { select } from "rt";');
const BOTH = STD + RT;

const meaningOf = (name: string, text: string) => {
  const found = findNamed(MODULES, name, readProgramNames(text));
  return (
    found && [found.specifier, found.entry, ...(found.member === undefined ? [] : [found.member])].join(" ")
  );
};

describe("a name in a text means", () => {
  it.each<[name: string, text: string, meaning: string | undefined, because: string]>([
    ["Mutex", program('import { Mutex } from "std/sync";'), "std/sync Mutex", "it is imported from there"],
    ["Mutex", RT, "rt/sync Mutex", "only modules of rt are used"],
    ["Mutex", BOTH, undefined, "std and rt both have one"],
    ["Mutex", "Text.", undefined, "nothing says which"],
    ["Receiver", "Text.", "std/sync Receiver", "there is no other"],
    ["spawn", program('import { spawn } from "rt/task";'), "rt spawn", "it is documented there"],
    [
      "spawn",
      program('import { spawn } from "rt";\nimport { spawn as go } from "std/thread";'),
      "rt spawn",
      "the other has another name",
    ],
    [
      "spawn",
      program('import { spawn } from "rt";') + program('import { spawn } from "std/thread";'),
      undefined,
      "its programs import both",
    ],
    ["select", RT, "rt select", "it is imported"],
    ["select", STD, undefined, "a word in small letters, and nothing of rt is used"],
    ["watch", RT, "rt/sync watch", "there is no other, and rt is used"],
    [
      "watch",
      program('import { select } from "rt";\nfunction* watch() {}'),
      undefined,
      "the text has its own",
    ],
    ["recvTimeout", STD, "std/sync Receiver recvTimeout", "only one class has it"],
    ["tryLock", STD, undefined, "std and rt both have one"],
    ["poll", RT, undefined, "a method's name in small letters is anybody's"],
    ["Receiver.recvTimeout", "Text.", "std/sync Receiver recvTimeout", "it says so"],
    ["rx.recvTimeout", STD, undefined, "it is no entry"],
    ["ms", STD, undefined, "it is for authors only"],
    ["recv_timeout", STD, undefined, "that is Rust"],
    ["toString", STD, undefined, "it is nothing of ours"],
  ])("`%s` in %j: %s, because %s", (name, text, meaning) => {
    expect(meaningOf(name, text)).toBe(meaning);
  });
});

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly Node[];
  readonly url?: string;
}

/** What the plugin makes of a document whose text holds these nodes; its programs are `source`. */
function link(source: string, root: Node): readonly string[] {
  const plugin = linkNames(MODULES, "/base/reference/")({ source });
  const parents = new Map<Node, Node>();
  const made: string[] = [];
  const visit = (node: Node): void => {
    for (const child of node.children ?? []) {
      parents.set(child, node);
      if (child.type === "inlineCode")
        plugin.inlineCode(child, {
          parent: (one) => parents.get(one as Node),
          replaceNode: (_node, next) => void made.push((next as Node).url ?? ""),
        });
      visit(child);
    }
  };
  visit(root);
  return made;
}

const code = (value: string): Node => ({ type: "inlineCode", value });
const inside = (type: string, ...children: readonly Node[]): Node => ({ type, children });

it("the first mention of a name in running text is a link, under the address that the site has", () => {
  const root = inside(
    "root",
    inside("paragraph", code("select"), code("no"), code("select")),
    code("Receiver"),
  );
  expect(link(RT, root)).toEqual(["/base/reference/rt/#select", "/base/reference/std/sync/#Receiver"]);
});

it("headings and links stay as they are, and their mentions are not the first", () => {
  const link1 = inside("link", inside("emphasis", code("select")));
  const root = inside(
    "root",
    inside("heading", code("select")),
    inside("paragraph", link1),
    inside("paragraph", code("select")),
  );
  expect(link(RT, inside("root", inside("heading", code("select")), inside("paragraph", link1)))).toEqual([]);
  expect(link(RT, root)).toHaveLength(1);
});
