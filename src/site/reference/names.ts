/**
 * Owns: which entry of the API reference a name in running text means. Does not own: the text around it.
 * The text's own programs decide: a name that they import means what they import, one that they declare is their own.
 */
import type { ReferenceModule } from "#build";

/** What the programs of a text say about names. */
export interface ProgramNames {
  /** Modules that a name is imported from; `rt/sync` and `std/sync` both have a `Mutex`. */
  readonly imported: ReadonlyMap<string, ReadonlySet<string>>;
  readonly declared: ReadonlySet<string>;
}

/** An entry, or a member of one. */
export interface NamedEntry {
  readonly specifier: string;
  readonly entry: string;
  readonly member?: string;
}

const FENCE = /^([ \t]*)```ts\b.*\n([\s\S]*?)^\1```/gm;
const IMPORT = /\bimport\s+(?:type\s+)?\{([^}]*)\}\s+from\s+"([^"]+)"/g;
const DECLARATION = /\b(?:function\*?|class|const|let|type|interface)\s+(\w+)/g;

/** Reads the programs of a text in Markdown. */
export function readProgramNames(markdown: string): ProgramNames {
  const code = [...markdown.matchAll(FENCE)].map(([, , text = ""]) => text).join("\n");
  const imported = new Map<string, Set<string>>();
  for (const [, names = "", specifier = ""] of code.matchAll(IMPORT))
    for (const name of names.split(",").map((one) => one.trim().replace(/^type\s+/, "")))
      imported.set(name, (imported.get(name) ?? new Set()).add(specifier));
  const declared = new Set([...code.matchAll(DECLARATION)].map(([, name = ""]) => name));
  return { imported, declared };
}

/** What `name` means in a text whose programs say `names`; undefined where it is no entry, or could be several. */
export function findNamed(
  modules: readonly ReferenceModule[],
  name: string,
  { imported, declared }: ProgramNames,
): NamedEntry | undefined {
  const used = new Set([...imported.values()].flatMap((specifiers) => [...specifiers]));
  const known = modules.filter(({ group, specifier }) => group !== "authors" || used.has(specifier));
  const from = imported.get(name);
  if (from !== undefined)
    return only(
      owners(
        known.filter(({ specifier }) => from.has(specifier)),
        name,
      ),
    );
  if (declared.has(name)) return undefined;
  const [first = "", second, ...more] = name.split(".");
  if (second !== undefined)
    return more.length > 0
      ? undefined
      : memberOf(known, findNamed(modules, first, { imported, declared }), second);
  const groups = new Set(known.filter(({ specifier }) => used.has(specifier)).map(({ group }) => group));
  const near = known.filter(({ group }) => groups.has(group));
  if (/^[A-Z]/.test(name)) return only(owners(known, name)) ?? only(owners(near, name));
  // A word in small letters may be anything: it must be the only name of that kind, in a group of modules in use.
  const [entries, methods] = [owners(known, name), members(known, name)];
  if (entries.length + methods.length !== 1) return undefined;
  return /^[a-z]+$/.test(name)
    ? only(owners(near, name))
    : (only(owners(near, name)) ?? only(members(near, name)));
}

function only<T>(found: readonly T[]): T | undefined {
  return found.length === 1 ? found[0] : undefined;
}

/** Where a name is documented, each place once. */
function owners(modules: readonly ReferenceModule[], name: string): readonly NamedEntry[] {
  const specifiers = modules.flatMap(({ specifier, entries }) =>
    entries.filter((entry) => entry.name === name).map(({ sameAs = specifier }) => sameAs),
  );
  return [...new Set(specifiers)].map((specifier) => ({ specifier, entry: name }));
}

function members(modules: readonly ReferenceModule[], member: string): readonly NamedEntry[] {
  return modules.flatMap(({ specifier, entries }) =>
    entries
      .filter((entry) => entry.sameAs === undefined && entry.members.some(({ name }) => name === member))
      .map(({ name }) => ({ specifier, entry: name, member })),
  );
}

function memberOf(
  modules: readonly ReferenceModule[],
  owner: NamedEntry | undefined,
  member: string,
): NamedEntry | undefined {
  return members(modules, member).find(
    ({ specifier, entry }) => specifier === owner?.specifier && entry === owner.entry,
  );
}
