/** The bytes of one file. Texts stand for bytes, a character each: a payload without its first letter. */
export class Content {
  #bytes = new Uint8Array(0);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** At most `max` bytes from `at`; fewer where the file ends, none beyond its end. */
  read(at: number, max: number): string {
    let text = "";
    for (let from = at, end = Math.min(at + max, this.#length); from < end; from += CHUNK)
      text += String.fromCharCode(...this.#bytes.subarray(from, Math.min(from + CHUNK, end)));
    return text;
  }

  /** Writes at `at`; what lies between the end and `at` becomes zeros. */
  write(at: number, text: string): void {
    const end = at + text.length;
    if (end > this.#bytes.length) this.#grow(end);
    for (let i = 0; i < text.length; i++) this.#bytes[at + i] = text.charCodeAt(i);
    this.#length = Math.max(this.#length, end);
  }

  clear(): void {
    this.#bytes = new Uint8Array(0);
    this.#length = 0;
  }

  #grow(least: number): void {
    const larger = new Uint8Array(Math.max(least, this.#bytes.length * 2));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/** As many arguments as every engine takes in one call. */
const CHUNK = 4_096;
