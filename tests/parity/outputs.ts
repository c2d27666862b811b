import { createPrng } from "#base";
import type { ChoicePoint, Chooser } from "#kernel";
import type { LoadedProgram, RunResult } from "#machine";
import { seeded } from "../engine.ts";

/** Schedules that are tried in order; of a program that has more, so many others at random. */
const ORDERED_RUNS = 800;
const RANDOM_RUNS = 200;
/** Questions after which a run is left to chance: a loop that waits for another thread may ask for ever. */
const ORDERED_CHOICES = 300;

/** Walks over all schedules, each once, the last choice changing first; 0 stands for the default. */
class Odometer implements Chooser {
  readonly #picks: number[] = [];
  readonly #options: number[] = [];
  #asked = 0;
  #rest = createPrng(1);

  choose(point: ChoicePoint): number {
    const at = this.#asked++;
    const options = point.threads.length;
    if (at >= ORDERED_CHOICES) return this.#rest.below(options);
    this.#options[at] = options;
    this.#picks[at] ??= 0;
    return (point.preferred + this.#picks[at]) % options;
  }

  /** Goes on to the next schedule; false where there is none. */
  advance(): boolean {
    this.#picks.length = Math.min(this.#asked, ORDERED_CHOICES);
    this.#asked = 0;
    this.#rest = createPrng(1);
    for (;;) {
      const last = this.#picks.pop();
      if (last === undefined) return false;
      if (last + 1 === this.#options[this.#picks.length]) continue;
      this.#picks.push(last + 1);
      return true;
    }
  }
}

/** A panic that nobody saw is told among the printed lines; Rust writes every panic to standard error. */
const PANIC = /^[\w-]+ panicked: /;

/** What a run printed, and how it ended where it did not pass. */
function outputOf({ outcome, printed }: RunResult): string {
  const lines = printed.map(({ text }) => text).filter((text) => !PANIC.test(text));
  if (outcome.kind !== "passed") lines.push(`${outcome.kind}: ${outcome.message}`);
  return lines.join("\n");
}

/** Every output that a search of the program's schedules comes upon: all that it has, where they are few enough. */
export function findOutputs(program: LoadedProgram): Set<string> {
  const outputs = new Set<string>();
  const run = (chooser: Chooser): void => {
    outputs.add(outputOf(program.run({ entry: { kind: "main" }, chooser })));
  };
  const odometer = new Odometer();
  for (let runs = 0; runs < ORDERED_RUNS; runs++) {
    run(odometer);
    if (!odometer.advance()) return outputs;
  }
  for (let seed = 0; seed < RANDOM_RUNS; seed++) run(seeded(seed));
  return outputs;
}
