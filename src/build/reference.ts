/**
 * Owns: the API reference as data, from the docstrings of the guest library. Does not own: what is in a docstring
 * (reference-comments), running its examples (reference-examples), and showing it (site).
 */
import { join, relative } from "node:path";
import {
  Application,
  type DeclarationReflection,
  type ProjectReflection,
  ReferenceReflection,
  type Reflection,
  ReflectionKind,
  type SignatureReflection,
  TSConfigReader,
} from "typedoc";
import { LIBRARY_SOURCES } from "./guest-bundle.ts";
import { OWN_TAGS, readComment } from "./reference-comments.ts";
import {
  listAddresses,
  type Declared,
  type Doc,
  type Reference,
  type ReferenceEntry,
  type ReferenceMember,
} from "./reference-model.ts";
import { REFERENCE_MODULES } from "./reference-modules.ts";
import { listExports, readSignatures, signatureKey, type Signatures } from "./reference-signatures.ts";

/** Reads the reference from the sources below `root`; signatures come from their declaration files. Takes seconds. */
export async function makeReference(
  root: string,
  declarations: Readonly<Record<string, string>>,
): Promise<Reference> {
  const project = await readSources(root);
  const reader = new ReferenceReader(root, readSignatures(declarations));
  const order = (path: string) => listExports(declarations, path.replace(/^src\/(.*)\.ts$/, "$1"));
  const modules = Object.entries(REFERENCE_MODULES).map(([specifier, { group, about }]) => {
    const path = LIBRARY_SOURCES[specifier] ?? "";
    const module = project.children?.find(({ sources }) => reader.pathOf(sources?.[0]) === path);
    if (module === undefined) throw new Error(`typedoc has not read ${path}, which is ${specifier}`);
    return { specifier, group, about, entries: reader.entriesOf(specifier, module, order(path)) };
  });
  return { modules: withoutHiddenBases(modules), addresses: listAddresses(modules) };
}

/** What a class extends is told where that can be imported; the library's own base classes are nobody's business. */
function withoutHiddenBases(modules: Reference["modules"]): Reference["modules"] {
  const known = new Set(modules.flatMap(({ entries }) => entries.map(({ name }) => name)));
  const shorten = (signature: string) =>
    signature.replace(/^((?:abstract )?class .*?) extends (\w+).*$/, (all, head: string, base: string) =>
      known.has(base) ? all : head,
    );
  return modules.map((module) => ({
    ...module,
    entries: module.entries.map((entry) => ({ ...entry, signatures: entry.signatures.map(shorten) })),
  }));
}

async function readSources(root: string): Promise<ProjectReflection> {
  const app = await Application.bootstrap(
    {
      entryPoints: Object.keys(REFERENCE_MODULES).map((name) => join(root, LIBRARY_SOURCES[name] ?? "")),
      tsconfig: join(root, "src/guest/tsconfig.json"),
      basePath: root,
      blockTags: ["@throws", "@example", ...OWN_TAGS],
      modifierTags: ["@internal"],
      inlineTags: ["@link"],
      excludeInternal: true,
      excludePrivate: true,
      excludeProtected: true,
      disableGit: true,
      sourceLinkTemplate: "{path}",
      readme: "none",
      sort: ["source-order"],
      skipErrorChecking: true,
      logLevel: "Error",
    },
    [new TSConfigReader()],
  );
  const project = await app.convert();
  if (project === undefined) throw new Error("typedoc could not read src/guest");
  return project;
}

const KINDS = new Map<ReflectionKind, ReferenceEntry["kind"]>([
  [ReflectionKind.Class, "class"],
  [ReflectionKind.Function, "function"],
  [ReflectionKind.Interface, "interface"],
  [ReflectionKind.TypeAlias, "type"],
  [ReflectionKind.Variable, "value"],
]);

type Source = { readonly fullFileName: string; readonly line: number };

class ReferenceReader {
  readonly #root: string;
  readonly #signatures: Signatures;
  /** Which module documents a declaration: the first that exports it. */
  readonly #owners = new Map<string, string>();

  constructor(root: string, signatures: Signatures) {
    this.#root = root;
    this.#signatures = signatures;
  }

  pathOf(source: Source | undefined): string {
    return source === undefined ? "" : relative(this.#root, source.fullFileName).replaceAll("\\", "/");
  }

  /** In the order of `names`. A name that is a type and a value is one entry. */
  entriesOf(
    specifier: string,
    module: DeclarationReflection,
    names: readonly string[],
  ): readonly ReferenceEntry[] {
    const entries = new Map<string, ReferenceEntry>();
    for (const child of module.children ?? []) {
      const entry = this.#entryOf(specifier, child);
      const known = entries.get(entry.name);
      entries.set(entry.name, known === undefined ? entry : merge(known, entry));
    }
    return [...entries.values()].sort((a, b) => names.indexOf(a.name) - names.indexOf(b.name));
  }

  #entryOf(specifier: string, child: DeclarationReflection): ReferenceEntry {
    const target = child instanceof ReferenceReflection ? child.getTargetReflectionDeep() : child;
    const reflection = target as DeclarationReflection;
    const kind = KINDS.get(reflection.kind);
    if (kind === undefined)
      throw new Error(`${specifier} exports ${child.name}, which the reference cannot show`);
    const declared = this.#declaredOf(reflection, reflection.name);
    const place = `${declared.file}#${declared.name}`;
    const owner = this.#owners.get(place) ?? specifier;
    this.#owners.set(place, owner);
    return {
      name: child.name,
      kind,
      signatures: this.#signaturesOf(declared),
      doc: docOf(reflection),
      members: this.#membersOf(reflection),
      declared,
      ...(owner !== specifier && { sameAs: owner }),
    };
  }

  #membersOf(reflection: DeclarationReflection): readonly ReferenceMember[] {
    if (!reflection.kindOf([ReflectionKind.Class, ReflectionKind.Interface])) return [];
    const children = reflection.children ?? [];
    const [own, inherited] = [false, true].map((one) =>
      children.filter(({ inheritedFrom }) => (inheritedFrom !== undefined) === one),
    );
    return [...(own ?? []), ...(inherited ?? [])].flatMap((child) => {
      const isNew = child.kindOf(ReflectionKind.Constructor);
      const name = isNew ? "new" : child.name.replace(/^\[(?!Symbol\.)/, "[Symbol.");
      const declared = this.#declaredOf(child, `${reflection.name}.${name}`);
      const place = this.#signatures.has(signatureKey(declared.file, declared.name))
        ? declared
        : { ...declared, name: this.#inheritedName(declared.file, name) };
      const signatures = this.#signaturesOf(place);
      // What only the library itself may use is in no declaration file.
      return signatures.length === 0 ? [] : [{ name, signatures, doc: docOf(child), declared: place }];
    });
  }

  /** `Socket.close`: which class of a file has a member, where it is not the one that was asked about. */
  #inheritedName(file: string, member: string): string {
    const prefix = signatureKey(file, "");
    const keys = [...this.#signatures.keys()];
    const key = keys.find((one) => one.startsWith(prefix) && one.endsWith(`.${member}`));
    return key?.slice(prefix.length) ?? "";
  }

  #declaredOf(reflection: Reflection & { readonly sources?: readonly Source[] }, name: string): Declared {
    const [source] = reflection.sources ?? [];
    return { file: this.pathOf(source), name, line: source?.line ?? 1 };
  }

  #signaturesOf({ file, name }: Declared): readonly string[] {
    return this.#signatures.get(signatureKey(file, name)) ?? [];
  }
}

/** The docstring of a declaration stands at its (first) signature where it can be called. */
function docOf(reflection: DeclarationReflection): Doc {
  const { comment, signatures = [], getSignature, setSignature } = reflection;
  const callables: (SignatureReflection | undefined)[] = [...signatures, getSignature, setSignature];
  return readComment(comment ?? callables.find((one) => one?.comment !== undefined)?.comment);
}

/** A type and a value of one name: the type says what it is, the value how it is made. */
function merge(one: ReferenceEntry, other: ReferenceEntry): ReferenceEntry {
  const [type, value] = one.kind === "type" ? [one, other] : [other, one];
  return {
    ...type,
    signatures: [...new Set([...type.signatures, ...value.signatures])],
    doc: {
      ...value.doc,
      ...type.doc,
      prose: [...type.doc.prose, ...value.doc.prose],
      examples: [...type.doc.examples, ...value.doc.examples],
    },
    members: [...type.members, ...value.members],
  };
}
