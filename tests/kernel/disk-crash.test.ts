import fc from "fast-check";
import { expect, it } from "vitest";
import { contentAt, contentsAfterCrash, crashPoints } from "../../src/kernel/disk/crash.ts";
import { Disk } from "../../src/kernel/disk/disk.ts";
import { Objects } from "../../src/kernel/objects.ts";

/** One thing done to the disk; `after` is how much time passes before it. */
type Deed =
  | { readonly do: "write"; readonly path: string; readonly at: number; readonly bytes: string }
  | OnPath<"empty">
  | OnPath<"sync">
  | OnPath<"create">
  | OnPath<"remove">
  | { readonly do: "rename"; readonly path: string; readonly to: string };
interface OnPath<What> {
  readonly do: What;
  readonly path: string;
}
type TimedDeed = Deed & { readonly after: number };

const PATHS = ["a", "b", "c"];
const path = fc.constantFrom(...PATHS);
const after = fc.nat({ max: 2 });
const write = fc.record({
  do: fc.constant("write" as const),
  path,
  at: fc.nat({ max: 6 }),
  bytes: fc.string({ minLength: 1, maxLength: 4 }),
  after,
});
const onPath = fc.record({ do: fc.constantFrom("empty", "sync", "create", "remove"), path, after });
const rename = fc.record({ do: fc.constant("rename" as const), path, to: path, after });
const deeds = fc.array(fc.oneof({ arbitrary: write, weight: 3 }, { arbitrary: onPath, weight: 3 }, rename), {
  maxLength: 14,
}) as fc.Arbitrary<TimedDeed[]>;

/** A file of the model: the content before it was synced last, and every content since, torn ones included. */
interface ModelFile {
  durable: string;
  later: string[];
}
type Names = ReadonlyMap<string, ModelFile>;

/** What a crash can leave, kept the slow way: as every content and every set of names that can be found. */
class Model {
  names: Names = new Map();
  durableNames: Names = this.names;
  laterNames: Names[] = [];

  do(deed: Deed): void {
    const file = this.names.get(deed.path);
    if (deed.do === "create") this.#rename((names) => names.set(deed.path, { durable: "", later: [] }));
    else if (file === undefined) return;
    else if (deed.do === "remove") this.#rename((names) => names.delete(deed.path));
    else if (deed.do === "rename") {
      if (deed.to === deed.path) return;
      this.#rename((names) => {
        names.delete(deed.path);
        names.set(deed.to, file);
      });
    } else if (deed.do === "empty") file.later.push("");
    else if (deed.do === "sync") {
      file.durable = contentOf(file);
      file.later = [];
      this.durableNames = this.names;
      this.laterNames = [];
    } else {
      const before = contentOf(file);
      for (let n = 1; n <= deed.bytes.length; n++)
        file.later.push(overwrite(before, deed.at, deed.bytes.slice(0, n)));
    }
  }

  #rename(change: (names: Map<string, ModelFile>) => void): void {
    const names = new Map(this.names);
    change(names);
    this.names = names;
    this.laterNames.push(names);
  }

  content(name: string): string | null {
    const file = this.names.get(name);
    return file === undefined ? null : contentOf(file);
  }

  /** Every content that a crash can leave; with `surest`, only those that leave as little or as much as can be. */
  afterCrash(name: string): { all: Set<string | null>; least: string | null; most: string | null } {
    const all = new Set<string | null>();
    for (const names of [this.durableNames, ...this.laterNames]) {
      const file = names.get(name);
      if (file === undefined) all.add(null);
      else for (const content of [file.durable, ...file.later]) all.add(content);
    }
    return { all, least: this.durableNames.get(name)?.durable ?? null, most: this.content(name) };
  }
}

const contentOf = (file: ModelFile): string => file.later.at(-1) ?? file.durable;

function overwrite(content: string, at: number, bytes: string): string {
  return content.slice(0, at).padEnd(at, "\0") + bytes + content.slice(at + bytes.length);
}

function carryOut(disk: Disk, deed: Deed, timeNs: number): void {
  const file = disk.names.get(deed.path);
  if (deed.do === "create") disk.create(deed.path, { timeNs, site: 0 });
  else if (deed.do === "remove") disk.remove(deed.path, timeNs);
  else if (deed.do === "rename") disk.rename(deed.path, deed.to, timeNs);
  else if (file === undefined) return;
  else if (deed.do === "empty") disk.empty(file, timeNs);
  else if (deed.do === "sync") disk.sync(file, disk.order, timeNs);
  else disk.write(file, deed.at, deed.bytes, timeNs);
}

it("a crash at any instant leaves what the slow model says: nothing more, and the least and the most of it", () => {
  fc.assert(
    fc.property(deeds, (list) => {
      const disk = new Disk(1, new Objects());
      const model = new Model();
      const expected: {
        timeNs: number;
        path: string;
        after: ReturnType<Model["afterCrash"]>;
        now: string | null;
      }[] = [];
      let timeNs = 0;
      for (const [i, deed] of list.entries()) {
        timeNs += deed.after;
        carryOut(disk, deed, timeNs);
        model.do(deed);
        if (list[i + 1]?.after === 0) continue; // the instant is not over
        for (const name of PATHS)
          expected.push({ timeNs, path: name, after: model.afterCrash(name), now: model.content(name) });
      }
      // Asked when all is over: history must not change what was possible at an instant.
      for (const { timeNs: at, path: name, after: possible, now } of expected) {
        const contents = contentsAfterCrash(disk, name, at);
        expect(contents.filter((content) => !possible.all.has(content))).toEqual([]);
        expect(contents).toContain(possible.least);
        expect(contents).toContain(possible.most);
        expect(contents[0]).toBe(possible.least);
        expect(new Set(contents).size).toBe(contents.length);
        expect(contentAt(disk, name, at)).toBe(now);
      }
    }),
    { numRuns: 2_000 },
  );
});

it("between two crash points nothing changes in what a crash can leave", () => {
  fc.assert(
    fc.property(deeds, (list) => {
      const disk = new Disk(1, new Objects());
      let timeNs = 0;
      for (const deed of list) carryOut(disk, deed, (timeNs += deed.after));
      for (const name of PATHS) {
        const points = new Set(crashPoints(disk, name));
        for (let at = 1; at <= timeNs + 1; at++)
          if (!points.has(at))
            expect(contentsAfterCrash(disk, name, at)).toEqual(contentsAfterCrash(disk, name, at - 1));
      }
    }),
    { numRuns: 1_000 },
  );
});

it("a new file that is synced and then renamed over the old one is never found torn", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 5 }), (pieces) => {
      const disk = new Disk(1, new Objects());
      disk.put("config", "old", 0);
      const file = disk.create("config.new", { timeNs: 1, site: 0 });
      let timeNs = 1;
      for (const piece of pieces) disk.write(file, file.content.length, piece, ++timeNs);
      disk.sync(file, disk.order, ++timeNs);
      disk.rename("config.new", "config", ++timeNs);
      const renamed = timeNs;
      disk.sync(file, disk.order, ++timeNs);
      for (let at = 0; at <= timeNs; at++) {
        const found = contentsAfterCrash(disk, "config", at);
        if (at < renamed) expect(found).toEqual(["old"]);
        else if (at < timeNs) expect(found).toEqual([...new Set(["old", pieces.join("")])]);
        else expect(found).toEqual([pieces.join("")]);
      }
    }),
  );
});

it("renamed before it is synced, it can be found empty", () => {
  const disk = new Disk(1, new Objects());
  disk.put("config", "old", 0);
  const file = disk.create("config.new", { timeNs: 1, site: 0 });
  disk.write(file, 0, "new", 1);
  disk.rename("config.new", "config", 2);
  expect(contentsAfterCrash(disk, "config", 2)).toEqual(["old", "", "n", "new"]);
});

it("a sync saves what was written before it began, not what came while it was under way", () => {
  const disk = new Disk(1, new Objects());
  const file = disk.create("log", { timeNs: 0, site: 0 });
  disk.write(file, 0, "early;", 1);
  const begun = disk.order;
  disk.write(file, 6, "late;", 2);
  disk.sync(file, begun, 3);
  expect(contentsAfterCrash(disk, "log", 3)).toEqual(["early;", "early;la", "early;late;"]);
});

it("a question about thousands of unsynced writes is answered with 64 contents at most, a large file with three", () => {
  const disk = new Disk(1, new Objects());
  const file = disk.create("log", { timeNs: 0, site: 0 });
  disk.sync(file, disk.order, 0);
  for (let i = 0; i < 3_000; i++) disk.write(file, i * 3, "abc", i + 1);
  const contents = contentsAfterCrash(disk, "log", 5_000);
  expect(contents.length).toBeGreaterThan(50);
  expect(contents.length).toBeLessThanOrEqual(64);
  expect([contents[0]?.length, contents.at(-1)?.length]).toEqual([0, 9_000]);
  disk.write(file, 2_000_000, "end", 6_000);
  expect(contentsAfterCrash(disk, "log", 6_000).map((content) => content?.length)).toEqual([
    0, 2_000_001, 2_000_003,
  ]);
});
