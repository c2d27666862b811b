/** Owns: who waited on which condition, from when until when, and which notification ended it. */
import { CALLS, type Trace, type TraceEvent } from "#abi";
import type { Choice } from "#kernel";
import { actorOf, listOf, LOCK_CALLS, UNLOCK_CALLS } from "./accesses.ts";

export interface ConditionWait {
  readonly actor: number;
  readonly condition: number;
  /** The lock that it lets go meanwhile; 0 where the trace does not say. */
  readonly lock: number;
  readonly start: number;
  /** Where it had the lock again; absent where it waits to the end of the run. */
  end?: number;
  /** The notification that reached it. */
  notified?: number;
}

export interface Notification {
  readonly at: number;
  readonly condition: number;
  readonly all: boolean;
  readonly reached: readonly ConditionWait[];
}

/** The waits on conditions and the notifications of a run, each in order. */
export class Waits {
  readonly all: ConditionWait[] = [];
  readonly notifications: Notification[] = [];
  readonly #held = new Map<number, number[]>();
  readonly #choices: readonly Choice[];

  constructor(trace: Trace, choices: readonly Choice[]) {
    this.#choices = choices;
    for (const [at, event] of trace.events.entries())
      if (event.kind === "called" || event.kind === "resumed") this.#see(event, at);
  }

  #see(event: TraceEvent, at: number): void {
    const { call, object, detail } = event;
    const held = listOf(this.#held, actorOf(event));
    if (LOCK_CALLS.has(call)) {
      if (detail !== "" && detail !== "wouldBlock") held.push(object);
    } else if (UNLOCK_CALLS.has(call)) {
      const index = held.lastIndexOf(object);
      if (index >= 0) held.splice(index, 1);
    } else if (call === CALLS.wait || call === CALLS.waitTimeout) this.#wait(event, at, held.at(-1) ?? 0);
    else if (call === CALLS.notifyOne || call === CALLS.notifyAll) this.#notify(event, at);
  }

  #wait(event: TraceEvent, at: number, lock: number): void {
    const actor = actorOf(event);
    const open = this.all.find((wait) => wait.actor === actor && wait.end === undefined);
    if (event.detail !== "" && open !== undefined) open.end = at;
    else if (event.detail === "") this.all.push({ actor, condition: event.object, lock, start: at });
  }

  #notify({ call, object, choice }: TraceEvent, at: number): void {
    const waiting = this.all.filter(
      (wait) => wait.condition === object && wait.end === undefined && wait.notified === undefined,
    );
    const made = this.#choices[choice - 1];
    const picked =
      waiting.length > 1 && made?.kind === "waiter"
        ? waiting.filter((wait) => wait.actor === made.thread)
        : waiting.slice(0, 1);
    const all = call === CALLS.notifyAll;
    const reached = all ? waiting : picked;
    for (const wait of reached) wait.notified = at;
    this.notifications.push({ at, condition: object, all, reached });
  }
}
