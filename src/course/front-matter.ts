/**
 * Owns: the front matter of lessons as data with lines. Reads the part of YAML that lessons need: names with texts,
 * numbers, lists of them and lists of objects, in lines or in brackets. Says so where a text goes beyond that.
 */
import type { TextPlace } from "./json.ts";

export type FrontMatter =
  | {
      readonly ok: true;
      readonly data: Readonly<Record<string, unknown>>;
      /** The line of each top-level name, from 1. */
      readonly lines: ReadonlyMap<string, number>;
      /** The number of lines before the text proper. */
      readonly length: number;
    }
  | { readonly ok: false; readonly message: string; readonly place: TextPlace };

class FrontMatterError extends Error {
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

const FENCE = /^---\s*$/;
const NAMED = /^([A-Za-z_][\w-]*):(?:\s+(.*))?$/;

/** Reads what stands between the two `---` at the beginning of a lesson. */
export function readFrontMatter(text: string): FrontMatter {
  const all = text.split(/\r?\n/);
  if (!FENCE.test(all[0] ?? "")) {
    return { ok: false, message: "a lesson begins with a line `---`", place: { line: 1, column: 1 } };
  }
  const end = all.findIndex((line, index) => index > 0 && FENCE.test(line));
  if (end < 0) {
    return { ok: false, message: "the front matter has no second line `---`", place: { line: 1, column: 1 } };
  }
  try {
    return { ok: true, ...readFields(all.slice(1, end)), length: end + 1 };
  } catch (error) {
    if (!(error instanceof FrontMatterError)) throw error;
    return { ok: false, message: error.message, place: { line: error.line, column: 1 } };
  }
}

/** `lines[0]` is the second line of the file. */
function readFields(lines: readonly string[]) {
  const data: Record<string, unknown> = {};
  const places = new Map<string, number>();
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? "";
    const number = at + 2;
    at += 1;
    if (isBlank(line)) continue;
    const [, name, rest = ""] = NAMED.exec(line) ?? [];
    if (name === undefined) throw new FrontMatterError("expected `name: value`", number);
    if (places.has(name)) throw new FrontMatterError(`\`${name}\` stands here twice`, number);
    const own: string[] = [];
    for (; at < lines.length && /^(\s|-|$)/.test(lines[at] ?? ""); at++) own.push(lines[at] ?? "");
    places.set(name, number);
    data[name] = readValue(rest.trim(), own, number);
  }
  return { data, lines: places };
}

/** A value that begins on the line of its name, with the lines below that belong to it. */
function readValue(rest: string, below: readonly string[], line: number): unknown {
  const block = /^[>|][+-]?$/.exec(rest)?.[0];
  if (block !== undefined) {
    return below
      .map((text) => text.trim())
      .join(block.startsWith(">") ? " " : "\n")
      .trim();
  }
  const first = below.find((text) => !isBlank(text)) ?? "";
  if (rest === "" && /^\s*-(\s|$)/.test(first)) return readList(below, line + 1);
  const own = below.filter((text) => !isBlank(text)).map((text) => text.trim());
  return readScalar([rest, ...own].join(" ").trim(), line);
}

/** Items in lines: `- text`, or `- name: text` with further names below. */
function readList(lines: readonly string[], firstLine: number): unknown[] {
  const items: { text: string; more: string[]; line: number }[] = [];
  lines.forEach((text, index) => {
    const item = /^\s*-\s+(.*)$/.exec(text)?.[1];
    if (item !== undefined) items.push({ text: item.trim(), more: [], line: firstLine + index });
    else if (!isBlank(text)) items.at(-1)?.more.push(text.trim());
  });
  return items.map(({ text, more, line }) => {
    if (!NAMED.test(text)) return readScalar([text, ...more].join(" "), line);
    const fields = [text, ...more].map((one) => {
      const [, name = "", value = ""] = NAMED.exec(one) ?? [];
      if (name === "") throw new FrontMatterError("expected `name: value`", line);
      return [name, readScalar(value.trim(), line)] as const;
    });
    return Object.fromEntries(fields);
  });
}

function readScalar(text: string, line: number): unknown {
  if (text === "" || text === "null" || text === "~") return null;
  if (text === "true" || text === "false") return text === "true";
  if (/^[[{]/.test(text)) return readFlow(text, line);
  if (text.startsWith('"')) return readQuoted(text, line);
  if (text.startsWith("'")) {
    if (!/^'(?:[^']|'')*'$/.test(text)) throw new FrontMatterError("this text in quotes is not closed", line);
    return text.slice(1, -1).replaceAll("''", "'");
  }
  const plain = text.replace(/\s#.*$/, "").trimEnd();
  if (/^-?\d+(\.\d+)?$/.test(plain)) return Number(plain);
  if (/:\s|:$/.test(plain) || /^[@`%&*!|>?,\]}]/.test(plain)) {
    throw new FrontMatterError(
      "put this text in double quotes: it holds a sign that means something here",
      line,
    );
  }
  return plain;
}

function readQuoted(text: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FrontMatterError("this text in quotes is not closed, or goes on behind its end", line);
  }
}

/** `[a, b]` and `{ a: b }`, one in the other. */
function readFlow(text: string, line: number): unknown {
  const close = text.startsWith("[") ? "]" : "}";
  if (!text.endsWith(close)) throw new FrontMatterError(`expected \`${close}\` at the end`, line);
  const parts = splitFlow(text.slice(1, -1), line);
  if (close === "]") return parts.map((part) => readScalar(part, line));
  const fields = parts.map((part) => {
    const [, name, value = ""] = NAMED.exec(part) ?? [];
    if (name === undefined) throw new FrontMatterError("expected `name: value`", line);
    return [name, readScalar(value.trim(), line)] as const;
  });
  return Object.fromEntries(fields);
}

/** Splits at commas outside of quotes and brackets. */
function splitFlow(text: string, line: number): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = "";
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[[\]{},]|[^[\]{},"']+|["']/g)) {
    if ("[{".includes(token)) depth += 1;
    if ("]}".includes(token)) depth -= 1;
    if (token === "," && depth === 0) {
      parts.push(part.trim());
      part = "";
    } else part += token;
  }
  if (depth !== 0) throw new FrontMatterError("a bracket is not closed", line);
  return part.trim() === "" ? parts : [...parts, part.trim()];
}

function isBlank(line: string): boolean {
  return /^\s*(#.*)?$/.test(line);
}
