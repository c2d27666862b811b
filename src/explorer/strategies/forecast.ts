import { CALLS } from "#abi";
import type { ChoicePoint, Chooser } from "#kernel";
import { mayConflict, type Operation } from "./dependency.ts";

/** What the default run does not show: each way that is not taken has choices of its own. */
const UNSEEN = 4;

/** A product this large says "too many", and goes no further. */
const RUNS_MAX = 1e9;

/**
 * Guesses, from the choices of one run, how many runs a search of every execution takes. At least one for each option
 * not taken; and options that conflict lead to executions of their own.
 */
export class Forecast {
  #options = 1;
  #product = 1;

  get runs(): number {
    return Math.max(this.#options, this.#product * UNSEEN);
  }

  /** Makes a run's choices known. */
  watch(chooser: Chooser): Chooser {
    return {
      ...(chooser.watcher && { watcher: chooser.watcher }),
      choose: (point) => {
        this.#count(point);
        return chooser.choose(point);
      },
    };
  }

  #count(point: ChoicePoint): void {
    const options = point.threads.length;
    this.#options += options - 1;
    if (this.#product < RUNS_MAX && hasConflict(point)) this.#product *= options;
  }
}

/** What is no thread always makes a difference; a thread that has not begun does not say what it will do. */
function hasConflict({ kind, threads, calls, objects }: ChoicePoint): boolean {
  if (kind !== "thread") return true;
  const operations = threads.flatMap((thread, i): Operation[] => {
    const call = calls[i];
    return call === undefined || call === CALLS.spawn ? [] : [{ thread, call, object: objects[i] ?? 0 }];
  });
  return operations.some((one, i) => operations.slice(i + 1).some((other) => mayConflict(one, other)));
}
