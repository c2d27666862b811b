/** Owns: from a docstring as typedoc reads it to its parts. Does not own: what must be in one (tests/build). */
import type { Comment, CommentDisplayPart, CommentTag } from "typedoc";
import type { Doc, Paragraph, Piece } from "./reference-model.ts";

/** The tags that docstrings here have beside those that everybody knows. */
export const OWN_TAGS = ["@rust", "@cancel", "@differs"] as const;

const NOTHING: Doc = { prose: [], throws: [], examples: [] };

/** The parts of a docstring; none where there is no docstring. */
export function readComment(comment: Comment | undefined): Doc {
  if (comment === undefined) return NOTHING;
  const all = (tag: string): CommentTag[] => comment.blockTags.filter((one) => one.tag === tag);
  const paragraphs = (tag: string): Paragraph[] => all(tag).flatMap(({ content }) => paragraphsOf(content));
  const [rust] = all("@rust");
  const [cancel, differs] = [paragraphs("@cancel"), paragraphs("@differs")];
  return {
    prose: paragraphsOf(comment.summary),
    throws: paragraphs("@throws"),
    ...(rust !== undefined && { rust: textOf(rust.content).replaceAll("`", "").trim() }),
    ...(cancel.length > 0 && { cancel }),
    ...(differs.length > 0 && { differs }),
    examples: all("@example").map(({ content }) => programOf(textOf(content))),
  };
}

function textOf(parts: readonly CommentDisplayPart[]): string {
  return parts.map(({ text }) => text).join("");
}

/** The program in a fence. */
function programOf(text: string): string {
  return (/```\w*\n([\s\S]*?)\n?```/.exec(text)?.[1] ?? text).trim();
}

/** Paragraphs are parted by empty lines; a line break inside one is a space. */
function paragraphsOf(parts: readonly CommentDisplayPart[]): Paragraph[] {
  const paragraphs: Piece[][] = [[]];
  for (const part of parts) {
    if (part.kind !== "text") {
      paragraphs.at(-1)?.push({ kind: "code", text: part.text.replace(/^`+ ?|`+$/g, "") });
      continue;
    }
    part.text.split(/\n\s*\n/).forEach((text, i) => {
      if (i > 0) paragraphs.push([]);
      if (text !== "") paragraphs.at(-1)?.push({ kind: "text", text: text.replaceAll(/\s*\n\s*/g, " ") });
    });
  }
  return paragraphs.map(trimEnds).filter((pieces) => pieces.length > 0);
}

function trimEnds(pieces: readonly Piece[]): Paragraph {
  const last = pieces.length - 1;
  return pieces
    .map((piece, i) => {
      if (piece.kind === "code") return piece;
      const start = i === 0 ? piece.text.trimStart() : piece.text;
      return { ...piece, text: i === last ? start.trimEnd() : start };
    })
    .filter(({ text }) => text !== "");
}
