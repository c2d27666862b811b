import type { Call } from "#abi";
import { CLOCK_THREAD, type ChoicePoint, type Chooser, type Watcher } from "#kernel";
import { findOption } from "../schedule/replay.ts";
import type { Departure, Schedule } from "../schedule/schedule.ts";
import { TurnWatch } from "../schedule/turn-watch.ts";
import { Whereabouts, type Standing } from "../schedule/whereabouts.ts";

/** What became of a departure in a run of edited code. */
export interface Following {
  readonly departure: Departure;
  /**
   *   taken     the run came to its spot, and took what it takes
   *   shifted   it could not be taken there; the thread came there again, and then it could
   *   left-out  neither, between those before and those behind it
   */
  readonly state: "taken" | "shifted" | "left-out";
  /** The number of the choice at which it was taken, from 0; -1 where it was not. */
  readonly at: number;
  /** Of a thread that was let in: the call at which it could go on no further, if it was not left before. */
  readonly until?: Call;
}

/**
 * Follows a schedule by what the program does, not by the numbers of its choices: each departure is taken where the run
 * comes to its spot, or the next time that it can be taken there, in order. Everything else is the default. For one run.
 */
export class Follower implements Chooser {
  readonly whereabouts: Whereabouts;
  readonly watcher: Watcher;
  readonly #followings: Following[];
  #asked = 0;
  /** Departures before this one are past. */
  #next = 0;
  #turn: TurnWatch | undefined;

  constructor({ departures }: Schedule) {
    this.#followings = departures.map((departure) => ({ departure, state: "left-out", at: -1 }));
    this.whereabouts = new Whereabouts((thread) => this.#turn?.goesOn(thread));
    this.watcher = this.whereabouts.watcher;
  }

  get followings(): readonly Following[] {
    return this.#followings;
  }

  choose(point: ChoicePoint): number {
    this.#turn?.asks(point);
    const at = this.#asked++;
    const standing = this.whereabouts.ask(point);
    for (let number = this.#next; number < this.#followings.length; number++) {
      const { departure } = this.#followings[number] as Following;
      if (departure.kind !== point.kind || !this.#isAtOrBehind(departure, standing)) continue;
      const option = findOption(point, departure.option, this.whereabouts);
      if (option < 0) continue;
      const state = departure.spot.occurrence === standing.occurrence ? "taken" : "shifted";
      this.#take(number, { departure, state, at });
      return option;
    }
    return point.preferred;
  }

  #isAtOrBehind({ spot }: Departure, standing: Standing): boolean {
    return spot.occurrence <= standing.occurrence && this.whereabouts.isLike(spot, standing);
  }

  #take(number: number, following: Following): void {
    this.#next = number + 1;
    this.#followings[number] = following;
    const { kind, option } = following.departure;
    if (kind !== "thread" || typeof option !== "number" || option === CLOCK_THREAD) return;
    this.#turn?.end();
    this.#turn = new TurnWatch(this.whereabouts, option, (until) => {
      this.#followings[number] = { ...following, until };
    });
  }
}
