/**
 * Owns: the first place where a run of edited code is no longer as its schedule has it, in the words of the new program:
 * the text of a schedule has none of its own.
 */
import { CALLS, type Call, type TraceEvent } from "#abi";
import type { Program } from "#compile";
import { CLOCK_THREAD } from "#kernel";
import { EventWords, type RunResult } from "#machine";
import type { Follower, Following } from "./follower.ts";
import type { Landmark } from "../schedule/landmarks.ts";
import { describeOccurrence, describeOperation } from "./operation-words.ts";
import type { Departure } from "../schedule/schedule.ts";

export interface Parting {
  /** Choices that the run had made there. */
  readonly choice: number;
  readonly message: string;
  /** Index of the event in the run's trace; -1 where it has none. */
  readonly event: number;
}

/** Undefined where the run came to everything that the schedule tells of. `result` is recorded; the follower chose in it. */
export function findParting(follower: Follower, result: RunResult, program: Program): Parting | undefined {
  const parted = follower.followings.find(hasParted);
  return parted && new Teller(follower, result, program).tell(parted);
}

function hasParted({ state, departure, until }: Following): boolean {
  return state !== "taken" || (until !== undefined && departure.until !== 0 && until !== departure.until);
}

class Teller {
  readonly #follower: Follower;
  readonly #events: readonly TraceEvent[];
  readonly #threads: number;
  readonly #program: Program;
  readonly #words: EventWords;

  constructor(follower: Follower, { trace }: RunResult, program: Program) {
    const known = trace ?? { events: [], threads: [], objects: [] };
    this.#follower = follower;
    this.#events = known.events;
    this.#threads = known.threads.length;
    this.#program = program;
    this.#words = new EventWords(known, program);
  }

  tell(following: Following): Parting {
    const { departure, state } = following;
    if (state === "taken") return this.#tellTurn(following);
    const { spot } = departure;
    if (spot.thread >= this.#threads)
      return this.#parting(-1, `the program starts only ${this.#threads} threads`);
    const times = this.#follower.whereabouts.timesAt(spot);
    return times < spot.occurrence ? this.#tellMissing(departure) : this.#tellBarred(departure);
  }

  /** The thread does not come to the spot, or not as often. */
  #tellMissing({ spot, kind }: Departure): Parting {
    const { thread, call, occurrence } = spot;
    const known = this.#eventsOf(thread, spot.call, spot.object);
    const at = known.at(-1) ?? this.#events.findLastIndex((event) => event.thread === thread);
    const place = known.length > 0 ? this.#place(at) : "";
    if (kind === "task") {
      const which = this.#quoted(spot.object) || "that task";
      const what = `no longer has a choice between ${which} and another task`;
      return this.#parting(at, `${this.#thread(thread)} ${what}`);
    }
    const again = describeOccurrence(occurrence);
    if (call === CALLS.exit) return this.#parting(at, `${this.#thread(thread)} no longer ends`);
    const operation = describeOperation(call, this.#nameOf(spot.object));
    const which = this.#isOneOfSeveral(spot.object)
      ? ", the one of that name that it came to in the old run"
      : "";
    return this.#parting(
      at,
      `${this.#thread(thread)} no longer comes to ${operation}${which}${again}${place}`,
    );
  }

  /** It comes there, and what the schedule takes cannot be taken. */
  #tellBarred(departure: Departure): Parting {
    const { thread, call, object, occurrence } = departure.spot;
    const at = this.#eventsOf(thread, call, object)[occurrence - 1] ?? -1;
    const operation = describeOperation(call, this.#nameOf(object));
    const when = `when ${this.#thread(thread)} comes to ${operation}${describeOccurrence(occurrence)}${this.#place(at)}`;
    return this.#parting(at, `${when}, ${this.#whyNot(departure, at)}`);
  }

  #whyNot({ kind, option }: Departure, at: number): string {
    if (typeof option !== "number") return `${this.#quoted(option) || "the other task"} is not ready`;
    if (kind === "number") return "it has no such choice";
    if (option === CLOCK_THREAD) return "the clock cannot move";
    if (option >= this.#threads) return "the thread that should go on does not exist";
    if (kind === "waiter") return `${this.#thread(option)} is not waiting there`;
    const before = this.#events.slice(0, at < 0 ? undefined : at);
    const last = before.findLast((event) => event.thread === option);
    const why = last?.kind === "blocked" ? `: it ${this.#words.waiting(last)}` : "";
    if (last?.kind === "ended") return `${this.#thread(option)} has ended`;
    const isThere =
      option === 0 || before.some(({ kind, object }) => kind === "spawned" && object === option);
    return `${this.#thread(option)} ${isThere ? `cannot go on${why}` : "is not there yet"}`;
  }

  /** The thread was let in and could not go on for as long as the schedule has it. */
  #tellTurn({ departure, at, until = CALLS.exit }: Following): Parting {
    const thread = departure.option as number;
    const event = this.#events.findIndex(
      (one) => one.choice > at && one.thread === thread && isEndOfTurn(one, until),
    );
    const before =
      departure.until === CALLS.exit ? "to its end" : `to ${describeOperation(departure.until, "")}`;
    return this.#parting(event, `${this.#whatEnds(thread, event)}; in the old run it went on ${before}`);
  }

  #whatEnds(thread: number, at: number): string {
    const event = this.#events[at];
    if (event?.kind !== "blocked") return `${this.#thread(thread)} ends`;
    return `${this.#thread(thread)} ${this.#words.waiting(event) || "waits"}${this.#place(at)}`;
  }

  #parting(event: number, what: string): Parting {
    const choice = this.#events[event]?.choice ?? 0;
    return { choice, event, message: `It parts from your code here: ${what}.` };
  }

  /** The events in which the thread begins this call on this object. */
  #eventsOf(thread: number, call: Call | 0, told: Landmark | null): number[] {
    const { landmarks } = this.#follower.whereabouts;
    return this.#events.flatMap((event, i) => {
      const begins = event.kind === "called" || event.kind === "blocked" || event.kind === "pending";
      const isIt = begins && event.thread === thread && event.call === call;
      return isIt && landmarks.isThere(told, call, event.object) ? [i] : [];
    });
  }

  #thread(id: number): string {
    return this.#words.thread(id);
  }

  #nameOf(told: Landmark | null): string {
    if (told === null) return "";
    if (told.kind === "thread") return told.thread < this.#threads ? this.#thread(told.thread) : "";
    return this.#quoted(told) || `a ${told.type}`;
  }

  #isOneOfSeveral(told: Landmark | null): boolean {
    return told?.kind === "object" && this.#follower.whereabouts.landmarks.isOneOfSeveral(told);
  }

  /** What the source calls an object; "" where it calls it nothing. */
  #quoted(told: Landmark | null): string {
    if (told?.kind !== "object") return "";
    const name = this.#follower.whereabouts.landmarks.nameOf(told);
    return name === "" ? "" : `\`${name}\``;
  }

  /** ` (main.ts:12)`, or "" where that is not the learner's to see. */
  #place(at: number): string {
    const site = this.#program.sites[this.#events[at]?.site ?? 0];
    if (site === undefined || site.file === "" || this.#program.hidden.includes(site.file)) return "";
    return ` (${site.file}:${site.line})`;
  }
}

function isEndOfTurn({ kind, call }: TraceEvent, until: Call): boolean {
  return until === CALLS.exit ? kind === "ended" : kind === "blocked" && call === until;
}
