import { CLOCK_THREAD, type ChoicePoint, type Chooser, type Watcher } from "#kernel";
import type { RunRules } from "#machine";
import { createRepeat } from "./replay.ts";
import { programPartOf, type Departure, type Schedule } from "./schedule.ts";
import { TurnWatch } from "./turn-watch.ts";
import { Whereabouts } from "./whereabouts.ts";

/** Takes the same options again that an earlier run of the same program took, and writes down where. For one run. */
export class Scribe implements Chooser {
  readonly watcher: Watcher;
  readonly #repeat: Chooser;
  readonly #whereabouts: Whereabouts;
  readonly #departures: Departure[] = [];
  #asked = 0;
  #turn: TurnWatch | undefined;

  constructor(picks: readonly number[]) {
    this.#repeat = createRepeat(picks);
    this.#whereabouts = new Whereabouts((thread) => this.#turn?.goesOn(thread));
    this.watcher = this.#whereabouts.watcher;
  }

  choose(point: ChoicePoint): number {
    this.#turn?.asks(point);
    const standing = this.#whereabouts.ask(point);
    const pick = this.#repeat.choose(point);
    const choice = this.#asked++;
    if (pick === point.preferred) return pick;
    const { kind, threads, objects } = point;
    const option =
      kind === "task"
        ? this.#whereabouts.landmarks.ofObject(objects[pick] ?? 0)
        : ((kind === "number" ? objects : threads)[pick] ?? 0);
    this.#departures.push({ choice, kind, spot: this.#whereabouts.spotOf(standing), option, until: 0 });
    if (kind === "thread" && typeof option === "number") this.#follow(option);
    return pick;
  }

  /** The schedule of the run, once it has ended. */
  schedule(programHash: string, clock: RunRules["clock"] = "idle"): Schedule {
    return { program: programPartOf(programHash), clock, departures: this.#departures };
  }

  #follow(thread: number): void {
    if (thread === CLOCK_THREAD) return;
    this.#turn?.end();
    const at = this.#departures.length - 1;
    this.#turn = new TurnWatch(this.#whereabouts, thread, (until) => {
      const departure = this.#departures[at];
      if (departure !== undefined) this.#departures[at] = { ...departure, until };
    });
  }
}
