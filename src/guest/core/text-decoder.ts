import { checkOwned } from "./copies.ts";
import { inspect } from "./inspect.ts";

interface DecoderOptions {
  /** Throw at bytes that are no UTF-8, instead of putting U+FFFD there. */
  readonly fatal?: boolean;
  /** Keep a byte order mark at the beginning. */
  readonly ignoreBOM?: boolean;
}

interface DecodeOptions {
  /** More is to come: a character cut at the end waits for its rest. */
  readonly stream?: boolean;
}

const LABELS = ["utf-8", "utf8", "unicode-1-1-utf-8"];

/** The character being read: bytes still missing, bits so far, and what its next byte may be. */
interface Partial {
  missing: number;
  bits: number;
  low: number;
  high: number;
}

/** UTF-8 bytes to text, as browsers have it: each maximal beginning of a character that goes wrong becomes one U+FFFD. */
export class TextDecoder {
  readonly #fatal: boolean;
  readonly #ignoreBOM: boolean;
  #partial: Partial = nothing();
  /** Nothing has been decoded since the beginning of the text. */
  #fresh = true;

  constructor(label = "utf-8", options: DecoderOptions = {}) {
    if (!LABELS.includes(String(label).trim().toLowerCase()))
      throw new RangeError(`TextDecoder knows utf-8 only, got ${inspect(label)}`);
    this.#fatal = options.fatal === true;
    this.#ignoreBOM = options.ignoreBOM === true;
  }

  get encoding(): string {
    return "utf-8";
  }

  get fatal(): boolean {
    return this.#fatal;
  }

  get ignoreBOM(): boolean {
    return this.#ignoreBOM;
  }

  decode(input?: ArrayBuffer | ArrayBufferView, options: DecodeOptions = {}): string {
    const stream = options.stream === true;
    const partial = this.#partial;
    if (stream || !this.#fresh || partial.missing > 0) checkOwned(this);
    const parts: string[] = [];
    let units: number[] = [];
    for (const byte of bytesOf(input)) {
      this.#take(byte, partial, units);
      if (units.length < 4096) continue;
      parts.push(String.fromCodePoint(...units));
      units = [];
    }
    if (!stream && partial.missing > 0) this.#spoil(units);
    const text = parts.join("") + String.fromCodePoint(...units);
    return this.#withoutMark(text, stream);
  }

  #take(byte: number, partial: Partial, units: number[]): void {
    if (partial.missing > 0) {
      if (byte >= partial.low && byte <= partial.high) {
        partial.bits = (partial.bits << 6) | (byte & 0x3f);
        partial.low = 0x80;
        partial.high = 0xbf;
        if (--partial.missing === 0) units.push(partial.bits);
        return;
      }
      this.#spoil(units);
    }
    if (byte < 0x80) units.push(byte);
    else if (!begin(partial, byte)) this.#spoil(units);
  }

  /** The bytes read last are no character. */
  #spoil(units: number[]): void {
    this.#partial.missing = 0;
    if (this.#fatal) {
      this.#fresh = true;
      throw new TypeError("The encoded data was not valid UTF-8.");
    }
    units.push(0xfffd);
  }

  #withoutMark(text: string, stream: boolean): string {
    const marked = this.#fresh && !this.#ignoreBOM && text.charCodeAt(0) === 0xfeff;
    this.#fresh = !stream || (this.#fresh && text === "");
    return marked ? text.slice(1) : text;
  }
}

function nothing(): Partial {
  return { missing: 0, bits: 0, low: 0x80, high: 0xbf };
}

/** Begins a character of several bytes; false where `byte` begins none. */
function begin(partial: Partial, byte: number): boolean {
  if (byte < 0xc2 || byte > 0xf4) return false;
  partial.missing = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
  partial.bits = byte & (0x3f >> partial.missing);
  // No longer form than needed, no surrogates, nothing beyond U+10FFFF.
  partial.low = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80;
  partial.high = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf;
  return true;
}

function bytesOf(input: ArrayBuffer | ArrayBufferView | undefined): Uint8Array {
  if (input === undefined) return new Uint8Array();
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  if (input instanceof ArrayBuffer) return new Uint8Array(input);
  const got = typeof input === "string" ? JSON.stringify(input) : inspect(input);
  throw new TypeError(`decode needs bytes, a Uint8Array or an ArrayBuffer, got ${got}`);
}
