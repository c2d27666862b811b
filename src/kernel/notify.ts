import type { Caller } from "./caller.ts";

interface Waiting {
  readonly caller: Caller;
  /** What has reached it: a notification for one, which is passed on where it is not taken, or one for all. */
  by: "one" | "all" | null;
}

/**
 * Notifications for tasks that wait. One that nobody waits for is kept, as a permit; there is one permit at most.
 *
 *   arrive    the permit is there: takes it (1); all were notified since the future was made: done (2); else waits (3)
 *   notified  by notifyOne, in order of arrival (4), or notifyAll (5)
 *   leave     takes effect, or is given up: then what (1) or (4) gave goes to the next, or is kept (6)
 */
export class Notify {
  readonly type = "notify";
  readonly id: number;
  readonly site: number;
  /** How often all were notified. */
  generation = 0;
  #permit = false;
  readonly #waiting: Waiting[] = [];

  constructor(id: number, site: number) {
    this.id = id;
    this.site = site;
  }

  /** `caller` begins to wait; `generation` is from when its future was made. */
  arrive(caller: Caller, generation: number): void {
    const by = this.#permit ? "one" : generation === this.generation ? null : "all";
    if (by === "one") this.#permit = false;
    this.#waiting.push({ caller, by });
  }

  isNotified(caller: Caller): boolean {
    return (this.#find(caller)?.by ?? null) !== null;
  }

  notifyOne(): void {
    const first = this.#waiting.find(({ by }) => by === null);
    if (first === undefined) this.#permit = true;
    else first.by = "one";
  }

  notifyAll(): void {
    this.generation++;
    for (const waiting of this.#waiting) waiting.by ??= "all";
  }

  /** The caller goes on with its notification. */
  leave(caller: Caller): void {
    const waiting = this.#find(caller);
    if (waiting !== undefined) this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
  }

  /** The caller waits no longer: a notification that was meant for one goes to another. */
  giveUp(caller: Caller): void {
    const waiting = this.#find(caller);
    this.leave(caller);
    if (waiting?.by === "one") this.notifyOne();
  }

  #find(caller: Caller): Waiting | undefined {
    return this.#waiting.find((waiting) => waiting.caller === caller);
  }
}
