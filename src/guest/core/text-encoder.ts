/** What `encodeInto` did. */
interface Progress {
  /** UTF-16 units of the text that were written. */
  readonly read: number;
  /** Bytes written. */
  readonly written: number;
}

/** Text to UTF-8 bytes, as browsers have it. A lone surrogate becomes U+FFFD. */
export class TextEncoder {
  get encoding(): string {
    return "utf-8";
  }

  encode(text = ""): Uint8Array<ArrayBuffer> {
    const bytes: number[] = [];
    for (const character of String(text)) put(bytes, character.codePointAt(0) as number);
    return Uint8Array.from(bytes);
  }

  encodeInto(text: string, into: Uint8Array): Progress {
    let read = 0;
    let written = 0;
    for (const character of String(text)) {
      const bytes: number[] = [];
      put(bytes, character.codePointAt(0) as number);
      if (written + bytes.length > into.length) break;
      into.set(bytes, written);
      read += character.length;
      written += bytes.length;
    }
    return { read, written };
  }
}

const REPLACEMENT = 0xfffd;

function put(bytes: number[], character: number): void {
  if (character < 0x80) bytes.push(character);
  else if (character < 0x800) bytes.push(0xc0 | (character >> 6), tail(character));
  else if (character >= 0xd800 && character < 0xe000) put(bytes, REPLACEMENT);
  else if (character < 0x10000) bytes.push(0xe0 | (character >> 12), tail(character >> 6), tail(character));
  else bytes.push(0xf0 | (character >> 18), tail(character >> 12), tail(character >> 6), tail(character));
}

/** The lowest six bits, as a byte that continues a character. */
function tail(bits: number): number {
  return 0x80 | (bits & 0x3f);
}
