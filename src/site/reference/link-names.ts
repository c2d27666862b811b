/** Owns: links from the text of lessons to the API reference: the first mention of each name, where it is in running text. */
import { addressOf, type ReferenceModule } from "#build";
import { findNamed, readProgramNames } from "./names.ts";

/** As much of the Markdown processor's plugins as is used here. */
export type TextPlugin = (document: { readonly source: string }) => {
  readonly name: string;
  inlineCode(node: TextNode, context: TextContext): void;
};

interface TextNode {
  readonly type: string;
  readonly value?: string;
}

interface TextContext {
  parent(node: TextNode): TextNode | undefined;
  replaceNode(node: TextNode, next: object): void;
}

/** Where a name is no link: it is one already, or something else is said with it. */
const NOT_INSIDE = new Set(["heading", "link", "linkReference"]);

/** The plugin that makes these links; `home` is the address of the reference, with a slash at its end. */
export function linkNames(modules: readonly ReferenceModule[], home: string): TextPlugin {
  return ({ source }) => {
    const names = readProgramNames(source);
    const linked = new Set<string>();
    return {
      name: "reference-links",
      inlineCode(node, context) {
        const found = findNamed(modules, node.value ?? "", names);
        if (found === undefined) return;
        const url = home + addressOf(found.specifier, found.entry, found.member);
        if (linked.has(url) || isInside(node, context)) return;
        linked.add(url);
        const data = { hProperties: { className: ["to-reference"] } };
        const code = { type: "inlineCode", value: node.value };
        context.replaceNode(node, { type: "link", url, data, children: [code] });
      },
    };
  };
}

function isInside(node: TextNode, context: TextContext): boolean {
  for (let at = context.parent(node); at !== undefined; at = context.parent(at))
    if (NOT_INSIDE.has(at.type)) return true;
  return false;
}
