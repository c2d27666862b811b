/**
 * Owns: which components stand in a lesson's text, with their attributes as data and the listings inside them. Does
 * not own: what belongs into a component, Markdown, and anything else of MDX. Nothing of the lesson is executed.
 */
import { placeAt, type TextPlace } from "./json.ts";
import { readLiteral } from "./literal.ts";

/** A fenced code block. */
export interface Listing {
  /** The word behind the fence, "" where there is none. */
  readonly language: string;
  readonly code: string;
  readonly place: TextPlace;
}

export interface LessonTag {
  readonly name: string;
  readonly place: TextPlace;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly attributePlaces: ReadonlyMap<string, TextPlace>;
  /** What stands directly inside, in order. */
  readonly listings: readonly Listing[];
  readonly children: readonly LessonTag[];
}

export interface TagMistake {
  readonly place: TextPlace;
  readonly message: string;
  readonly remedy: string;
}

export interface LessonTags {
  /** Those that stand in no other component, in order. */
  readonly tags: readonly LessonTag[];
  readonly mistakes: readonly TagMistake[];
}

interface OpenTag extends LessonTag {
  readonly attributes: Record<string, unknown>;
  readonly attributePlaces: Map<string, TextPlace>;
  readonly listings: Listing[];
  readonly children: LessonTag[];
}

/** Finds the components of a lesson; what stands in code and in comments is text. */
export function readLessonTags(text: string): LessonTags {
  return new TagReader(text).read();
}

/** All of them, each before those inside it. */
export function flattenTags(tags: readonly LessonTag[]): readonly LessonTag[] {
  return tags.flatMap((tag) => [tag, ...flattenTags(tag.children)]);
}

const NAMED_CHARACTERS: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  apos: "'",
};

/** Turns `&lt;`, `&#60;` and `&#x3c;` into the character they stand for. */
export function decodeEntities(text: string): string {
  return text
    .replaceAll(/&#x([0-9a-f]+);/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replaceAll(/&#(\d+);/g, (_, number: string) => String.fromCodePoint(Number(number)))
    .replaceAll(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => NAMED_CHARACTERS[name] ?? "");
}

const FENCE = /(^|\n)[ \t]*(`{3,}|~{3,})[ \t]*([^\s`]*)[^\n]*/y;
const CODE = /`+/y;
const COMMENT = /\{\s*\/\*[\s\S]*?\*\/\s*\}|<!--[\s\S]*?-->/y;
const OPENING = /<([A-Z][A-Za-z0-9]*)(?=[\s/>])/y;
const CLOSING = /<\/([A-Z][A-Za-z0-9]*)\s*>/y;
const SPACE = /\s*/y;
const ATTRIBUTE = /([A-Za-z_][\w-]*)\s*(=\s*)?/y;
const QUOTED = /"([^"]*)"|'([^']*)'/y;

class TagReader {
  readonly #text: string;
  readonly #root: OpenTag;
  readonly #open: OpenTag[];
  readonly #mistakes: TagMistake[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#root = this.#begin("", 0);
    this.#open = [this.#root];
  }

  read(): LessonTags {
    this.#at = /^---\r?\n[\s\S]*?\n---\s*?(?=\n|$)/.exec(this.#text)?.[0].length ?? 0;
    while (this.#at < this.#text.length) {
      if (this.#fence() || this.#take(COMMENT) || this.#code() || this.#closing() || this.#opening())
        continue;
      this.#at += 1;
    }
    return { tags: this.#root.children, mistakes: this.#mistakes };
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found !== null) this.#at = pattern.lastIndex;
    return found;
  }

  #fence(): boolean {
    const from = this.#at;
    const found = this.#take(FENCE);
    if (found === null) return false;
    const [, before = "", mark = "", language = ""] = found;
    const start = this.#at + 1;
    const close = new RegExp(`^[ \\t]*${mark}[${mark[0]}]*[ \\t]*$`, "m");
    const end = close.exec(this.#text.slice(start));
    const code = this.#text.slice(start, end === null ? undefined : start + end.index);
    this.#innermost.listings.push({ language, code, place: this.#placeAt(from + before.length) });
    this.#at = end === null ? this.#text.length : start + end.index + end[0].length;
    return true;
  }

  /** Code in a line; a backtick that nothing closes in its paragraph is a backtick. */
  #code(): boolean {
    const mark = this.#take(CODE)?.[0];
    if (mark === undefined) return false;
    const paragraph = /^[\s\S]*?(?=\n\s*\n|$(?![\s\S]))/.exec(this.#text.slice(this.#at))?.[0] ?? "";
    const close = new RegExp(`(?<!\`)${mark}(?!\`)`).exec(paragraph);
    if (close !== null) this.#at += close.index + mark.length;
    return true;
  }

  #opening(): boolean {
    const from = this.#at;
    const name = this.#take(OPENING)?.[1];
    if (name === undefined) return false;
    const tag = this.#begin(name, from);
    this.#innermost.children.push(tag);
    this.#attributes(tag);
    return true;
  }

  #attributes(tag: OpenTag): void {
    for (;;) {
      this.#take(SPACE);
      const at = this.#at;
      if (this.#text.startsWith("/>", at)) {
        this.#at += 2;
        return;
      }
      if (this.#text[at] === ">") {
        this.#at += 1;
        this.#open.push(tag);
        return;
      }
      const [, name = "", equals] = this.#take(ATTRIBUTE) ?? [];
      if (name === "") {
        this.#mistake(
          at,
          `Here begins no attribute of <${tag.name}>.`,
          'Write name="text" or name={value}, then `>`.',
        );
        return;
      }
      tag.attributePlaces.set(name, this.#placeAt(at));
      if (equals === undefined) tag.attributes[name] = true;
      else if (!this.#value(tag, name)) return;
    }
  }

  /** Reads what stands behind `name=`; false where the tag cannot be read on. */
  #value(tag: OpenTag, name: string): boolean {
    const quoted = this.#take(QUOTED);
    if (quoted !== null) {
      tag.attributes[name] = decodeEntities(quoted[1] ?? quoted[2] ?? "");
      return true;
    }
    const at = this.#at;
    const which = `\`${name}\` of <${tag.name}>`;
    if (this.#text[at] !== "{") {
      this.#mistake(at, `${which} has no value.`, 'Write "text" or {value} behind the `=`.');
      return false;
    }
    const literal = readLiteral(this.#text, at + 1);
    if (literal.ok) tag.attributes[name] = literal.value;
    else {
      const remedy = "Write it out: texts, numbers, lists and objects.";
      this.#mistake(at + 1, `${which} cannot be read: ${literal.message}.`, remedy);
      tag.attributePlaces.delete(name);
    }
    this.#at = Math.max(literal.end, at + 1);
    this.#take(SPACE);
    if (this.#text[this.#at] !== "}") {
      if (literal.ok) this.#mistake(this.#at, `${which} is not closed.`, "Write `}` here.");
      return false;
    }
    this.#at += 1;
    return true;
  }

  #closing(): boolean {
    const from = this.#at;
    const name = this.#take(CLOSING)?.[1];
    if (name === undefined) return false;
    const index = this.#open.findLastIndex((tag) => tag.name === name);
    if (index > 0) this.#open.length = index;
    else if (this.#mistakes.length === 0)
      this.#mistake(from, `</${name}> closes nothing.`, `Open <${name}> before it, or remove it.`);
    return true;
  }

  get #innermost(): OpenTag {
    return this.#open.at(-1) ?? this.#root;
  }

  #begin(name: string, from: number): OpenTag {
    const place = this.#placeAt(from);
    return { name, place, attributes: {}, attributePlaces: new Map(), listings: [], children: [] };
  }

  #mistake(at: number, message: string, remedy: string): void {
    this.#mistakes.push({ place: this.#placeAt(at), message, remedy });
  }

  #placeAt(offset: number): TextPlace {
    return placeAt(this.#text, offset);
  }
}
