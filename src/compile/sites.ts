/** Owns: the numbers of the places that instrumented code reports. */
import type { Site } from "#abi";
import type { Origins } from "./origin.ts";

const NOWHERE: Site = { file: "", line: 0, column: 0, name: "" };

export class Sites {
  readonly list: Site[] = [NOWHERE];
  readonly #origins: Origins;
  readonly #numbers = new Map<string, number>();

  constructor(origins: Origins) {
    this.#origins = origins;
  }

  /** The number of the site at `offset` of the bundle; 0 where nobody wrote that code. */
  number(offset: number, name: string): number {
    const place = this.#origins.place(offset);
    if (place === null) return 0;
    const key = `${place.file}:${place.line}:${place.column}:${name}`;
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.list.push({ ...place, name }) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }

  /** Notes that the loop around `number` waits for `path`. */
  noteWait(number: number, path: string): void {
    const site = this.list[number];
    if (number > 0 && site !== undefined) this.list[number] = { ...site, waitsFor: path };
  }
}
