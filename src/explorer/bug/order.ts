/**
 * Owns: what must happen before what in a run, as vector clocks: who starts somebody, sends, notifies or unparks hands on
 * all that it knows; who joins, receives or is notified learns it. Locks and shared memory order nothing here, since
 * either may come first at them. It says "before" a little too often for channels, so two events that it calls
 * unordered are unordered.
 */
import { CALLS, type Trace, type TraceEvent } from "#abi";
import { actorOf, LOCK_CALLS, UNLOCK_CALLS } from "./accesses.ts";

type Clock = Map<number, number>;

/** Calls that order nothing by themselves. */
const ORDERS_NOTHING: ReadonlySet<number> = new Set<number>([
  ...LOCK_CALLS,
  ...UNLOCK_CALLS,
  CALLS.cellGet,
  CALLS.cellSet,
  CALLS.atomicLoad,
  CALLS.atomicStore,
  CALLS.atomicSwap,
  CALLS.atomicFetch,
  CALLS.atomicCompareExchange,
  CALLS.onceGet,
  CALLS.onceSet,
  CALLS.watchBorrow,
  CALLS.sleep,
  CALLS.sleepUntil,
  CALLS.work,
  CALLS.yieldNow,
  CALLS.now,
  CALLS.isFinished,
  CALLS.print,
]);

export class Order {
  /** By event: how many events of its actor there were up to it, and what the actor knew of the others. */
  readonly #own: number[] = [];
  readonly #known: Clock[] = [];
  readonly #actors: number[] = [];
  readonly #clocks = new Map<number, Clock>();
  readonly #objects = new Map<number, Clock>();

  constructor(trace: Trace) {
    for (const event of trace.events) this.#see(event);
  }

  /** Whether event `first` must happen before event `second`. */
  isBefore(first: number, second: number): boolean {
    const actor = this.#actors[first] ?? 0;
    return (this.#known[second]?.get(actor) ?? 0) >= (this.#own[first] ?? Infinity);
  }

  #see(event: TraceEvent): void {
    const actor = actorOf(event);
    const clock = this.#clockOf(actor);
    const own = (clock.get(actor) ?? 0) + 1;
    clock.set(actor, own);
    this.#exchange(event, clock);
    this.#own.push(own);
    this.#actors.push(actor);
    this.#known.push(new Map(clock));
  }

  #exchange({ kind, call, object }: TraceEvent, clock: Clock): void {
    if (kind === "spawned") join(this.#clockOf(object), clock);
    else if (kind === "task-created" || kind === "task-woken") join(this.#clockOf(-object), clock);
    else if (kind !== "called" && kind !== "resumed") return;
    else if (call === CALLS.join || (call === CALLS.scopeJoin && object > 0))
      join(clock, this.#clockOf(object));
    else if (call === CALLS.taskJoin) join(clock, this.#clockOf(-object));
    else if (call === CALLS.unpark) join(this.#clockOf(object), clock);
    else if (object > 0 && !ORDERS_NOTHING.has(call)) {
      const shared = this.#objects.get(object) ?? new Map<number, number>();
      join(clock, shared);
      join(shared, clock);
      this.#objects.set(object, shared);
    }
  }

  #clockOf(actor: number): Clock {
    let clock = this.#clocks.get(actor);
    if (clock === undefined) this.#clocks.set(actor, (clock = new Map()));
    return clock;
  }
}

function join(into: Clock, from: Clock): void {
  for (const [actor, count] of from) if ((into.get(actor) ?? 0) < count) into.set(actor, count);
}
