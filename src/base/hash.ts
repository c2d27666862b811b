const FLOAT = new Float64Array(1);
const WORDS = new Int32Array(FLOAT.buffer);

/**
 * A running 64-bit hash over numbers and text, kept as two 32-bit lanes (FNV-1a and a murmur-style mix).
 * Not cryptographic: it tells two traces apart, it does not resist an attacker.
 */
export class RollingHash {
  #a = 0x811c9dc5;
  #b = 0x2545f491;

  /** Adds a number: 32-bit integers as one word, all others as the two words of their IEEE form. */
  number(value: number): void {
    const integer = value | 0;
    if (integer === value) return this.#word(integer);
    FLOAT[0] = value;
    this.#word(WORDS[0] ?? 0);
    this.#word(WORDS[1] ?? 0);
  }

  text(value: string): void {
    this.#word(value.length);
    for (let i = 0; i < value.length; i++) this.#word(value.charCodeAt(i));
  }

  /** 16 hex digits. */
  digest(): string {
    return hex(this.#a) + hex(this.#b);
  }

  reset(): void {
    this.#a = 0x811c9dc5;
    this.#b = 0x2545f491;
  }

  #word(word: number): void {
    this.#a = Math.imul(this.#a ^ word, 0x01000193);
    const mixed = Math.imul(word ^ this.#b, 0x9e3779b1);
    this.#b = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca77) + this.#a;
  }
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, "0");
}
