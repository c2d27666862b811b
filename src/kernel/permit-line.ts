import type { Caller } from "./caller.ts";
import type { Hold } from "./hold.ts";

/** Somebody who asked for permits: some may have been put aside for it, all of them once `missing` is 0. */
export interface Place {
  readonly caller: Caller;
  readonly wanted: number;
  missing: number;
}

/**
 * Permits that are given out in the order in which they are asked for. Whoever cannot have all that it wants gets what
 * there is put aside and the rest as it comes back, before anybody behind it: a large request is not starved by small
 * ones, and while somebody waits nothing is free.
 */
export class PermitLine {
  free: number;
  /** What has been taken and not given back. */
  readonly holds = new Set<Hold>();
  readonly #places: Place[] = [];

  constructor(free: number) {
    this.free = free;
  }

  /** Those who asked and have not gone on yet, in order. */
  get places(): readonly Place[] {
    return this.#places;
  }

  /** Permits that nobody holds: free, or put aside for those who wait. */
  get unclaimed(): number {
    return this.#places.reduce((sum, { wanted, missing }) => sum + wanted - missing, this.free);
  }

  enter(caller: Caller, wanted: number): void {
    const aside = Math.min(this.free, wanted);
    this.free -= aside;
    this.#places.push({ caller, wanted, missing: wanted - aside });
  }

  isServed(caller: Caller): boolean {
    return this.#find(caller)?.missing === 0;
  }

  /** Takes permits at once; false where they are not free. */
  tryTake(wanted: number): boolean {
    if (this.free < wanted) return false;
    this.free -= wanted;
    return true;
  }

  /** The caller goes on with what it wanted. */
  leave(caller: Caller): void {
    const place = this.#find(caller);
    if (place !== undefined) this.#places.splice(this.#places.indexOf(place), 1);
  }

  /** The caller waits no longer: what was put aside for it goes to those behind it. */
  giveUp(caller: Caller): void {
    const place = this.#find(caller);
    this.leave(caller);
    if (place !== undefined) this.give(place.wanted - place.missing);
  }

  /** More permits: for those who wait, in order; what is left over is free. */
  give(permits: number): void {
    let left = permits;
    for (const place of this.#places) {
      const given = Math.min(left, place.missing);
      place.missing -= given;
      left -= given;
    }
    this.free += left;
  }

  #find(caller: Caller): Place | undefined {
    return this.#places.find((place) => place.caller === caller);
  }
}
