import type { ChoicePoint, Chooser, Watcher } from "#kernel";
import type { Departure, Schedule } from "./schedule.ts";
import { Whereabouts } from "./whereabouts.ts";

/** One replay on the program that the schedule was recorded with: give it to one run, then ask whether it fitted. */
export class Replay implements Chooser {
  readonly watcher: Watcher;
  readonly #departures: readonly Departure[];
  readonly #whereabouts = new Whereabouts();
  #asked = 0;
  #departed = 0;

  constructor({ departures }: Schedule) {
    this.#departures = departures;
    this.watcher = this.#whereabouts.watcher;
  }

  /** Choices are told by their numbers. From the first on that is not the one in the schedule, all are the default. */
  choose(point: ChoicePoint): number {
    const standing = this.#whereabouts.ask(point);
    const departure = this.#departures[this.#departed];
    const choice = this.#asked++;
    if (departure?.choice !== choice || departure.kind !== point.kind) return point.preferred;
    const option = findOption(point, departure.option, this.#whereabouts);
    if (option < 0 || !this.#whereabouts.isAt(departure.spot, standing)) return point.preferred;
    this.#departed += 1;
    return option;
  }

  /** True where the run came to every choice of the schedule: it is the run that was recorded. */
  get fits(): boolean {
    return this.#departed === this.#departures.length;
  }
}

/** Which option of a question is the one that was told of; -1 where none is. */
export function findOption(
  { kind, threads, objects }: ChoicePoint,
  option: Departure["option"],
  { landmarks }: Whereabouts,
): number {
  if (typeof option !== "number") return objects.findIndex((object) => landmarks.isObject(option, object));
  return (kind === "number" ? objects : threads).indexOf(option);
}

/** Takes the same options again that an earlier run of the same program took, by their indices. */
export function createRepeat(picks: readonly number[]): Chooser {
  let asked = 0;
  return {
    choose(point) {
      const pick = picks[asked] ?? point.preferred;
      asked += 1;
      return pick < point.threads.length ? pick : point.preferred;
    },
  };
}
