/** Owns: the shape of the API reference as data. Does not own: where it comes from, and how it is shown. */

/** The API reference: every module that a program can import, with what it offers. */
export interface Reference {
  readonly modules: readonly ReferenceModule[];
  /** Every place that a link can lead to, below `/reference/`: `std/sync/#Mutex.lock`. */
  readonly addresses: readonly string[];
}

export interface ReferenceModule {
  /** `std/sync`: what programs write behind `from`, and the page's address below `/reference/`. */
  readonly specifier: string;
  readonly group: ReferenceGroup;
  /** One sentence. */
  readonly about: string;
  readonly entries: readonly ReferenceEntry[];
}

/** `std` blocks, `rt` is futures, `authors` is for checks. */
export type ReferenceGroup = "std" | "rt" | "authors";

/** An exported name. */
export interface ReferenceEntry {
  readonly name: string;
  readonly kind: "class" | "function" | "interface" | "type" | "value";
  /** As the editor shows it; one for each overload. */
  readonly signatures: readonly string[];
  readonly doc: Doc;
  readonly members: readonly ReferenceMember[];
  readonly declared: Declared;
  /** Where the module only passes on what another one has: that module. The documentation is there. */
  readonly sameAs?: string;
}

/** What a class or an interface has: its constructor is called `new`. */
export interface ReferenceMember {
  readonly name: string;
  readonly signatures: readonly string[];
  readonly doc: Doc;
  readonly declared: Declared;
}

/** Where something stands in the sources. */
export interface Declared {
  /** From the root of the repository. */
  readonly file: string;
  /** `Mutex`, `Mutex.lock`. */
  readonly name: string;
  readonly line: number;
}

/** A docstring, taken apart. */
export interface Doc {
  readonly prose: readonly Paragraph[];
  readonly throws: readonly Paragraph[];
  /** The name that it stands for: `std::sync::Mutex::lock`. */
  readonly rust?: string;
  /** What happens when the future is dropped before it is ready. */
  readonly cancel?: readonly Paragraph[];
  /** How it differs from what it stands for, and why. */
  readonly differs?: readonly Paragraph[];
  /** Whole programs; their module bodies are executed. */
  readonly examples: readonly string[];
}

export type Paragraph = readonly Piece[];

export type Piece =
  { readonly kind: "text"; readonly text: string } | { readonly kind: "code"; readonly text: string };

/** The element of a module's page that an entry, or with `member` a member of it, stands at. */
export function anchorOf(entry: string, member?: string): string {
  return member === undefined ? entry : `${entry}.${member.replaceAll(/[^\w$.]/g, "")}`;
}

/** The address of an entry below `/reference/`. */
export function addressOf(specifier: string, entry: string, member?: string): string {
  return `${specifier}/#${anchorOf(entry, member)}`;
}

/** Every page of the reference, and every place on them. */
export function listAddresses(modules: readonly ReferenceModule[]): readonly string[] {
  const places = modules.flatMap(({ specifier, entries }) => [
    `${specifier}/`,
    ...entries.flatMap(({ name, members, sameAs }) => [
      addressOf(specifier, name),
      ...(sameAs === undefined ? members.map((member) => addressOf(specifier, name, member.name)) : []),
    ]),
  ]);
  return ["", ...places];
}

/** A docstring's first sentence, up to its colon where it has one outside of parentheses. */
export function firstSentence(doc: Doc): Paragraph {
  const sentence: Piece[] = [];
  let depth = 0;
  for (const piece of doc.prose[0] ?? []) {
    const marks = piece.kind === "text" ? piece.text.matchAll(/[()]|[.:](?=\s|$)/g) : [];
    for (const { 0: mark, index } of marks) {
      if (mark === "(" || mark === ")") depth += mark === "(" ? 1 : -1;
      else if (depth === 0) return [...sentence, { kind: "text", text: `${piece.text.slice(0, index)}.` }];
    }
    sentence.push(piece);
  }
  return sentence;
}
