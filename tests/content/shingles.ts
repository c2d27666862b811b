import { createHash } from "node:crypto";

/** Consecutive words that no sentence of ours may share with a source. */
const WORDS = 8;
/** Of each hash: enough that none of a book's shingles meets another's by chance. */
const HASH_BYTES = 5;

/** Every run of eight words in a text, with the words as written. Punctuation, case and markup do not count. */
export function shinglesOf(text: string): Map<string, string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’][\p{L}]+)*/gu) ?? [];
  const found = new Map<string, string>();
  for (let i = 0; i + WORDS <= words.length; i++) {
    const shingle = words
      .slice(i, i + WORDS)
      .join(" ")
      .replaceAll("’", "'");
    found.set(hashOf(shingle), shingle);
  }
  return found;
}

function hashOf(shingle: string): string {
  return createHash("sha256")
    .update(shingle)
    .digest("hex")
    .slice(0, 2 * HASH_BYTES);
}

/** Hashes as bytes, sorted: what is committed instead of the sources. */
export function packHashes(hashes: Iterable<string>): Buffer {
  return Buffer.from([...new Set(hashes)].toSorted().join(""), "hex");
}

export function unpackHashes(bytes: Buffer): Set<string> {
  const hex = bytes.toString("hex");
  return new Set(hex.match(new RegExp(`.{${2 * HASH_BYTES}}`, "g")) ?? []);
}
