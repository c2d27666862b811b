const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** UTF-8. Lone surrogates do not occur: the guest's codec sends such strings escaped. */
export function toUtf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Writes `text` as UTF-8 to `start`; its length in bytes, or -1 where it may need more than `room`. */
export function encodeText(text: string, bytes: Uint8Array, start: number, room: number): number {
  const { length } = text;
  if (length > SHORT)
    return length * 3 > room ? -1 : encoder.encodeInto(text, bytes.subarray(start, start + room)).written;
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 128) return encoder.encodeInto(text, bytes.subarray(start, start + room)).written;
    bytes[start + i] = unit;
  }
  return length;
}

/** Characters up to which a text is coded by hand: the language's coders cost more than that for a few. */
const SHORT = 32;

/** The text of `length` bytes of UTF-8. */
export function decodeText(bytes: Uint8Array, start: number, length: number): string {
  if (length <= SHORT) {
    let text = "";
    for (let i = start; i < start + length; i++) {
      const byte = bytes[i] ?? 0;
      if (byte >= 128) return decoder.decode(bytes.subarray(start, start + length));
      text += String.fromCharCode(byte);
    }
    return text;
  }
  return decoder.decode(bytes.subarray(start, start + length));
}
