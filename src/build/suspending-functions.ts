/**
 * Which functions of the guest engine can be on the stack while a kernel call is made: only these need the code that
 * saves and rebuilds frames, which makes the others more than twice as fast. A function can where it calls one that
 * can, or calls through a pointer to functions of a type of which one can. Two facts about QuickJS that no call graph
 * shows keep nearly everything from counting:
 *
 *   - Making an error runs no code of the program, although the engine would ask `Error.prepareStackTrace`: the guest
 *     library has fixed it to undefined before any program is loaded (src/guest/core/globals.ts).
 *   - Of the functions called through a pointer of the type `(i32, i32, i32) -> i32` only the comparisons of a sort
 *     run the program's code. The others are the allocator's, and the module loader, which scripts do not use.
 *
 * Tested by building with asyncify's own assertions: `ASYNCIFY_ASSERTS=1 npm run -s assets`, then the tests.
 */
import { createHash } from "node:crypto";
import { signatureOf, splitModule } from "./wasm-text.ts";

/** What a call graph does not show. */
export interface Facts {
  /** Functions that call what can suspend, and never do it. */
  readonly never: readonly string[];
  /** Through pointers of this type only `from` calls what can suspend. */
  readonly pointers: { readonly type: string; readonly from: string };
}

/** The facts above, for one build of the engine. */
const KNOWN: Facts & { readonly sha256: string } = {
  sha256: "d4c9375f2b1ca4dc95f72c8aa2982a7a9951ac8011490d79c6582df732b4bbd9",
  // Fills a new error, and writes its stack.
  never: ["$23", "$183"],
  pointers: { type: "i32 i32 i32 -> i32", from: "$225" }, // qsort
};

const DOOR = "host_call";

interface Calls {
  readonly signature: string;
  readonly direct: ReadonlySet<string>;
  /** Signatures of what is called through pointers. */
  readonly indirect: ReadonlySet<string>;
}

/**
 * Names of the engine's functions, as its text calls them, that can be on the stack in a kernel call. Throws where
 * `module` is not the engine that the facts above are about.
 */
export function findSuspending(module: Uint8Array, text: string): readonly string[] {
  const sha256 = createHash("sha256").update(module).digest("hex");
  if (sha256 !== KNOWN.sha256)
    throw new Error(
      `The guest engine is another one (${sha256}). Find the functions named in src/build/suspending-functions.ts anew, and run the tests with ASYNCIFY_ASSERTS=1.`,
    );
  return findCallers(text, DOOR, KNOWN);
}

/** Names of the functions of a module's text that can be on the stack while it calls the import `env.<door>`. */
export function findCallers(text: string, imported: string, facts: Facts): readonly string[] {
  const graph = readCalls(text);
  const door = new RegExp(`\\(import "env" "${imported}" \\(func (\\$\\S+)`).exec(text)?.[1] ?? "";
  const inTable = new Set(/^ \(elem [^\n]*/m.exec(text)?.[0].match(/\$\S+?(?=[\s)])/g));
  const suspending = new Set([door]);
  for (let before = 0; before < suspending.size;) {
    before = suspending.size;
    const types = new Set(
      [...suspending].filter((name) => inTable.has(name)).map((name) => graph.get(name)?.signature),
    );
    for (const [name, calls] of graph)
      if (
        !suspending.has(name) &&
        !facts.never.includes(name) &&
        canSuspend(calls, suspending, (type) => types.has(type) && isOpen(facts, type, name))
      )
        suspending.add(name);
  }
  suspending.delete(door);
  return [...suspending];
}

function isOpen({ pointers }: Facts, type: string, caller: string): boolean {
  return type !== pointers.type || caller === pointers.from;
}

function canSuspend(
  { direct, indirect }: Calls,
  suspending: ReadonlySet<string>,
  reaches: (type: string) => boolean,
): boolean {
  return [...direct].some((callee) => suspending.has(callee)) || [...indirect].some(reaches);
}

function readCalls(text: string): ReadonlyMap<string, Calls> {
  const { head, functions } = splitModule(text);
  const types = new Map(
    [...head.matchAll(/^ \(type (\$\S+) (\(func.*\))\)$/gm)].map(([, name = "", type = ""]) => [
      name,
      signatureOf(type),
    ]),
  );
  const names = (code: string, pattern: RegExp): string[] =>
    [...code.matchAll(pattern)].map(([, name = ""]) => name);
  return new Map(
    functions.map((code) => {
      const header = code.slice(0, code.indexOf("\n"));
      const direct = new Set(names(code, /\(call (\$[^\s)]+)/g));
      const indirect = names(code, /\(call_indirect(?: \$\S+)? \(type (\$\S+)\)/g).map(
        (type) => types.get(type) ?? "",
      );
      return [
        names(header, /\(func (\$\S+)/g)[0] ?? "",
        { signature: signatureOf(header), direct, indirect: new Set(indirect) },
      ];
    }),
  );
}
