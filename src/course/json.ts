/**
 * Owns: JSON with places. The engine's own parser does not always say where a text breaks off, and never where a
 * value stands.
 */

/** From 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

export type JsonReading =
  | {
      readonly ok: true;
      readonly value: unknown;
      /** Where the value at a path begins; for a path there is not, the nearest that there is around it. */
      placeOf(path: readonly PropertyKey[]): TextPlace;
    }
  | { readonly ok: false; readonly message: string; readonly place: TextPlace };

class JsonError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** Reads a JSON text. */
export function readJson(text: string): JsonReading {
  const walker = new Walker(text);
  try {
    walker.walk();
    const value: unknown = JSON.parse(text);
    const placeOf = (path: readonly PropertyKey[]): TextPlace => {
      for (let length = path.length; length > 0; length--) {
        const offset = walker.offsets.get(keyOf(path.slice(0, length)));
        if (offset !== undefined) return placeAt(text, offset);
      }
      return placeAt(text, walker.offsets.get("") ?? 0);
    };
    return { ok: true, value, placeOf };
  } catch (error) {
    const offset = error instanceof JsonError ? error.offset : 0;
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, message, place: placeAt(text, offset) };
  }
}

/** The place of a character of `text`. */
export function placeAt(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

function keyOf(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key)}`).join("");
}

const STRING = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const WORD = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/y;

/** One way through a text, noting where each value begins. */
class Walker {
  readonly offsets = new Map<string, number>();
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  walk(): void {
    this.#value("");
    this.#skip();
    if (this.#at < this.#text.length) this.#fail("nothing may follow the last bracket");
  }

  #value(path: string): void {
    this.#skip();
    this.offsets.set(path, this.#at);
    const first = this.#text[this.#at];
    if (first === "{") return this.#list("}", () => this.#text[this.#at] === '"' && this.#name(path));
    if (first === "[") return this.#list("]", (index) => this.#element(`${path}/${index}`));
    if (this.#take(first === '"' ? STRING : WORD) === undefined) this.#fail(this.#complaint(first));
  }

  #list(end: string, item: (index: number) => boolean): void {
    this.#at += 1;
    for (let index = 0; ; index++) {
      this.#skip();
      if (index === 0 && this.#text[this.#at] === end) break;
      if (!item(index)) this.#fail(`expected a name in double quotes${index > 0 ? " after the comma" : ""}`);
      this.#skip();
      if (this.#text[this.#at] === end) break;
      if (this.#text[this.#at] !== ",") this.#fail(`expected \`,\` or \`${end}\``);
      this.#at += 1;
    }
    this.#at += 1;
  }

  #name(path: string): boolean {
    const start = this.#at;
    const name = this.#take(STRING);
    if (name === undefined) this.#fail(this.#complaint('"'));
    this.#skip();
    if (this.#text[this.#at] !== ":") this.#fail("expected `:` after the name");
    this.#at += 1;
    const key = `${path}/${String(JSON.parse(name ?? '""'))}`;
    if (this.offsets.has(key)) this.#failAt(`the name ${name ?? ""} stands here twice`, start);
    this.#value(key);
    return true;
  }

  #element(path: string): boolean {
    this.#value(path);
    return true;
  }

  #complaint(first: string | undefined): string {
    if (first === undefined) return "the text ends too early";
    if (first === '"') return "this text in quotes is not closed, or holds a character that must be escaped";
    return "expected a value: a text in double quotes, a number, true, false, null, a list or an object";
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const taken = pattern.exec(this.#text)?.[0];
    this.#at += taken?.length ?? 0;
    return taken;
  }

  #skip(): void {
    while (/[ \t\r\n]/.test(this.#text[this.#at] ?? "")) this.#at += 1;
  }

  #fail(message: string): never {
    this.#failAt(this.#at < this.#text.length ? message : "the text ends too early", this.#at);
  }

  #failAt(message: string, offset: number): never {
    throw new JsonError(message, offset);
  }
}
