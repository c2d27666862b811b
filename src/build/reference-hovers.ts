/**
 * Owns: docstrings as the editor's hovers show them. Our own tags become sentences, an example stays out (a hover is
 * small), and the last line leads to the reference.
 */
import ts from "typescript";
import { addressOf, type Reference } from "./reference-model.ts";
import { forEachDeclaration, parseDeclarations, signatureKey } from "./reference-signatures.ts";

/** Before the address below `/reference/` in a hover's link. The page, which knows its own address, replaces it. */
const HOVER_LINK = "](reference:";

/** Declaration files, by address, with docstrings that lead to the reference. */
export function linkHovers(
  declarations: Readonly<Record<string, string>>,
  reference: Reference,
): Record<string, string> {
  const addresses = mapAddresses(reference);
  return Object.fromEntries(
    Object.entries(declarations).map(([address, text]) => {
      const file = /^file:\/\/\/types\/(.*)\.d\.ts$/.exec(address)?.[1];
      return [address, file === undefined ? text : linkFile(file, text, addresses)];
    }),
  );
}

/** Addresses below `/reference/`, by where a declaration stands. */
function mapAddresses({ modules }: Reference): ReadonlyMap<string, string> {
  const addresses = new Map<string, string>();
  const add = (key: string, address: string) => {
    if (!addresses.has(key)) addresses.set(key, address);
  };
  for (const { specifier, entries } of modules)
    for (const { name, declared, members, sameAs } of entries) {
      if (sameAs !== undefined) continue;
      add(signatureKey(declared.file, declared.name), addressOf(specifier, name));
      for (const member of members)
        add(
          signatureKey(member.declared.file, member.declared.name),
          addressOf(specifier, name, member.name),
        );
    }
  return addresses;
}

function linkFile(file: string, text: string, addresses: ReadonlyMap<string, string>): string {
  const edits: { readonly from: number; readonly to: number; readonly text: string }[] = [];
  forEachDeclaration(parseDeclarations(text), (node, name) => {
    const address = addresses.get(`${file}#${name}`);
    const doc = ts.getJSDocCommentsAndTags(node).find(ts.isJSDoc);
    if (address === undefined || doc === undefined) return;
    edits.push({ from: doc.pos, to: doc.end, text: hoverOf(text.slice(doc.pos, doc.end), address) });
  });
  return edits
    .sort((a, b) => b.from - a.from)
    .reduce((whole, { from, to, text: doc }) => whole.slice(0, from) + doc + whole.slice(to), text);
}

const WORDS: Readonly<Record<string, (text: string) => string>> = {
  rust: (text) => `In Rust: \`${text}\``,
  cancel: (text) => `_If it is dropped:_ ${text}`,
  differs: (text) => `_Where it differs:_ ${text}`,
};

/** A docstring for a hover: its prose, our tags as sentences, the link, then the tags that the editor knows itself. */
function hoverOf(doc: string, address: string): string {
  const lines = doc
    .replace(/^\/\*\*/, "")
    .replace(/\*\/$/, "")
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, ""));
  const [prose = "", ...tags] = lines.join("\n").split(/^@(?=\w)/m);
  const own: string[] = [];
  const known: string[] = [];
  for (const tag of tags) {
    const [, name = "", text = ""] = /^(\w+)\s*([\s\S]*)$/.exec(tag.trim()) ?? [];
    const say = WORDS[name];
    if (say !== undefined) own.push(say(text));
    else if (name !== "example") known.push(`@${tag.trim()}`);
  }
  const link = `[Reference${HOVER_LINK}${address})`;
  const text = [[prose.trim(), ...own, link].filter(Boolean).join("\n\n"), ...known].join("\n");
  return `/**\n${text.replaceAll(/^/gm, " * ").replaceAll(/ +$/gm, "")}\n */`;
}
