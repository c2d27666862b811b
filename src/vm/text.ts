const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** UTF-8. Lone surrogates do not occur: the guest's codec sends such strings escaped. */
export function encodeText(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Short ASCII is decoded by hand: for a few characters a TextDecoder costs more than the copy. */
export function decodeText(bytes: Uint8Array, start: number, length: number): string {
  if (length <= 32) {
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
