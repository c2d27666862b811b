const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUES = new Map([...DIGITS].map((digit, value) => [digit, value]));

/** Bytes as base64url without padding (RFC 4648, section 5). */
export function encodeBase64Url(bytes: readonly number[]): string {
  let text = "";
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 6; bits -= 6) text += DIGITS.charAt((held >> (bits - 6)) & 63);
    held &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + DIGITS.charAt((held << (6 - bits)) & 63);
}

/**
 * The bytes of a text; undefined where it holds a foreign digit. `exact` is false for a text that
 * {@link encodeBase64Url} never makes: digits are missing at its end, or unused bits are set.
 */
export function decodeBase64Url(text: string): { bytes: number[]; exact: boolean } | undefined {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const digit of text) {
    const value = VALUES.get(digit);
    if (value === undefined) return undefined;
    held = (held << 6) | value;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 255);
    held &= (1 << bits) - 1;
  }
  return { bytes, exact: held === 0 && bits < 6 };
}
