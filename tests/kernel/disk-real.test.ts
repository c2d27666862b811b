import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
} from "node:fs";
import { renameSync, rmSync, unlinkSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { OPEN, STATUS } from "#abi";
import { runScript, type Call } from "./fake-guest.ts";

/** The same calls on the simulated disk and on the one of the computer that runs this test. */
type Deed =
  | { readonly do: "open"; readonly path: string; readonly mode: number }
  | { readonly do: "read"; readonly file: number; readonly max: number }
  | { readonly do: "write"; readonly file: number; readonly bytes: string }
  | { readonly do: "seek"; readonly file: number; readonly offset: number; readonly whence: number }
  | { readonly do: "close"; readonly file: number }
  | { readonly do: "exists"; readonly path: string }
  | { readonly do: "remove"; readonly path: string }
  | { readonly do: "rename"; readonly path: string; readonly to: string };

const MODES: readonly (readonly [mode: number, flags: number])[] = [
  [OPEN.read, constants.O_RDONLY],
  [OPEN.write | OPEN.create | OPEN.truncate, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC],
  [OPEN.read | OPEN.append | OPEN.create, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT],
  [OPEN.read | OPEN.write, constants.O_RDWR],
  [OPEN.read | OPEN.write | OPEN.createNew, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL],
];

const path = fc.constantFrom("a", "b");
const file = fc.nat({ max: 4 });
const deeds = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant("open" as const),
        path,
        mode: fc.nat({ max: MODES.length - 1 }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant("read" as const), file, max: fc.integer({ min: 1, max: 9 }) }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant("write" as const),
        file,
        bytes: fc.stringMatching(/^[a-z]{1,5}$/),
      }),
    },
    fc.record({
      do: fc.constant("seek" as const),
      file,
      offset: fc.integer({ min: -3, max: 8 }),
      whence: fc.nat({ max: 2 }),
    }),
    fc.record({ do: fc.constant("close" as const), file }),
    fc.record({ do: fc.constantFrom("exists" as const, "remove" as const), path }),
    fc.record({ do: fc.constant("rename" as const), path, to: path }),
  ),
  { minLength: 4, maxLength: 24 },
);

const root = mkdtempSync(join(tmpdir(), "interleave-disk-"));
afterAll(() => rmSync(root, { recursive: true }));
let runs = 0;

/** An open file of the real disk; its position is kept here, for Node has no call that moves it. */
interface RealFile {
  readonly fd: number;
  readonly mode: number;
  position: number;
}

/** Says what a deed led to on the real disk. */
class RealDisk {
  readonly #folder = join(root, `${++runs}-`);
  readonly #files: (RealFile | null)[] = [];

  do(deed: Deed): string {
    if ("file" in deed) {
      const open = this.#files[deed.file];
      return open === undefined || open === null ? "skipped" : this.#doWith(open, deed);
    }
    const real = this.#folder + deed.path;
    if (deed.do === "exists") return String(existsSync(real));
    if (deed.do === "remove") return this.#try(() => unlinkSync(real));
    if (deed.do === "rename") return this.#try(() => renameSync(real, this.#folder + deed.to));
    const [mode, flags] = MODES[deed.mode] ?? [0, 0];
    return this.#try(() => void this.#files.push({ fd: openSync(real, flags), mode, position: 0 }));
  }

  /** What all names lead to in the end. */
  contents(): string[] {
    for (const open of this.#files) if (open !== null) closeSync(open.fd);
    return ["a", "b"].map((name) => {
      const real = this.#folder + name;
      return existsSync(real) ? readFileSync(real, "latin1") : "none";
    });
  }

  #doWith(open: RealFile, deed: Extract<Deed, { file: number }>): string {
    const writable = (open.mode & (OPEN.write | OPEN.append)) !== 0;
    if (deed.do === "close") {
      closeSync(open.fd);
      this.#files[deed.file] = null;
      return "done";
    }
    if (deed.do === "read") {
      if ((open.mode & OPEN.read) === 0) return "skipped";
      const buffer = Buffer.alloc(deed.max);
      const count = readSync(open.fd, buffer, 0, deed.max, open.position);
      open.position += count;
      return buffer.toString("latin1", 0, count);
    }
    if (deed.do === "write") {
      if (!writable) return "skipped";
      const at = (open.mode & OPEN.append) === 0 ? open.position : fstatSync(open.fd).size;
      const count = writeSync(open.fd, Buffer.from(deed.bytes), 0, deed.bytes.length, at);
      open.position = at + count;
      return String(count);
    }
    const from = [0, open.position, fstatSync(open.fd).size][deed.whence] ?? 0;
    if (from + deed.offset < 0) return "badPosition";
    open.position = from + deed.offset;
    return String(open.position);
  }

  #try(act: () => void): string {
    try {
      act();
      return "done";
    } catch (error) {
      const { code } = error as { code: string };
      return code === "ENOENT" ? "notFound" : code === "EEXIST" ? "alreadyExists" : code;
    }
  }
}

const WORDS = new Map<number, string>(Object.entries(STATUS).map(([word, status]) => [status, word]));
/** Deeds that say nothing beyond whether they could be done. */
const SILENT: ReadonlySet<Deed["do"]> = new Set(["open", "remove", "rename", "close"]);

function callOf(deed: Deed, handle: number): Call {
  switch (deed.do) {
    case "open":
      return { call: "fileOpen", b: MODES[deed.mode]?.[0] ?? 0, payload: `s${deed.path}` };
    case "read":
      return { call: "fileRead", a: handle, b: deed.max };
    case "write":
      return { call: "fileWrite", a: handle, payload: `b${deed.bytes}` };
    case "seek":
      return { call: "fileSeek", a: handle, b: deed.offset, timeoutNs: deed.whence };
    case "close":
      return { call: "fileClose", a: handle };
    case "exists":
      return { call: "fileExists", payload: `s${deed.path}` };
    case "remove":
      return { call: "fileRemove", payload: `s${deed.path}` };
    case "rename":
      return { call: "fileRename", payload: `s${deed.path}\n${deed.to}` };
  }
}

/** What the deeds lead to on the simulated disk; `skip` says which the real one could not be asked for. */
function simulate(
  list: readonly Deed[],
  skip: readonly boolean[],
): { results: string[]; contents: string[] } {
  const results: string[] = [];
  const handles: number[] = [];
  const kernel = runScript(function* () {
    for (const [i, deed] of list.entries()) {
      if (skip[i] === true) {
        results.push("skipped");
        continue;
      }
      const { reply, status } = yield callOf(deed, "file" in deed ? (handles[deed.file] ?? 0) : 0);
      const failed = status === STATUS.ok ? undefined : WORDS.get(status);
      if (deed.do === "open" && failed === undefined) handles.push(Number(reply));
      if (failed !== undefined || SILENT.has(deed.do)) results.push(failed ?? "done");
      else if (deed.do === "exists") results.push(String(reply === 1));
      else results.push(deed.do === "read" ? String(reply).slice(1) : String(reply));
    }
  });
  expect(kernel.failure).toBeNull();
  const contents = ["a", "b"].map((name) => {
    const content = kernel.disk.names.get(name)?.content;
    return content === undefined ? "none" : content.read(0, content.length);
  });
  return { results, contents };
}

it("every call answers what the same call of a real file system answers", () => {
  fc.assert(
    fc.property(deeds, (list) => {
      const real = new RealDisk();
      const results = list.map((deed) => real.do(deed));
      const simulated = simulate(
        list,
        results.map((result) => result === "skipped"),
      );
      expect(simulated).toEqual({ results, contents: real.contents() });
    }),
    { numRuns: 500 },
  );
});
