import { CALLS, callName } from "#abi";
import type { ChoicePoint, Chooser } from "#kernel";
import type { RunResult } from "#machine";
import type { Departure, Schedule } from "./schedule.ts";

/** Where a schedule stops fitting the program it is replayed on. */
export interface Parting {
  /** Number of the choice, from 0. */
  readonly choice: number;
  readonly message: string;
}

/** One replay: give `chooser` to one run, then ask for the parting. */
export interface Replay {
  readonly chooser: Chooser;
  /** Where the schedule parted from the program, undefined where it fitted to its end. */
  parting(result: RunResult): Parting | undefined;
}

/** Follows a schedule as far as it fits; from there on every choice is the default. */
export function createReplay(schedule: Schedule): Replay {
  const departures = schedule.departures;
  let asked = 0;
  let departed = 0;
  let parting: Parting | undefined;

  function choose(point: ChoicePoint): number {
    const choice = asked;
    asked += 1;
    const departure = departures[departed];
    if (parting !== undefined || departure?.choice !== choice) return point.preferred;
    const option = findOption(point, departure);
    if (option >= 0 && point.calls[option] === departure.call) {
      departed += 1;
      return option;
    }
    parting = { choice, message: describeParting(departure, point, option) };
    return point.preferred;
  }

  return {
    chooser: { choose },
    parting(result) {
      const missing = departures[departed];
      if (parting !== undefined || missing === undefined) return parting;
      const reached = result.choices.length;
      const message = `The schedule parts from this program at choice ${reached}: the run has ended, the schedule goes on to choice ${missing.choice}.`;
      return { choice: reached, message };
    },
  };
}

/** The option that the departure took: threads are told by number, what else is picked by its object as well. */
function findOption(point: ChoicePoint, departure: Departure): number {
  if (point.kind === "thread") return point.threads.indexOf(departure.thread);
  return point.threads.findIndex(
    (thread, i) =>
      thread === departure.thread && (point.kind === "waiter" || point.objects[i] === departure.object),
  );
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

function describeParting(departure: Departure, point: ChoicePoint, option: number): string {
  const head = `The schedule parts from this program at choice ${departure.choice}: `;
  if (departure.call === CALLS.clock) return `${head}the clock should move, but it cannot there.`;
  const wanted = `thread ${departure.thread} should ${describeCall(departure.call)}`;
  if (option < 0) return `${head}${wanted}, but it cannot run there.`;
  return `${head}${wanted}, but it is about to ${describeCall(point.calls[option] ?? CALLS.spawn)}.`;
}

/** A thread that has not run yet stands at the `spawn` that made it. */
function describeCall(call: number): string {
  return call === CALLS.spawn ? "start" : `go on with ${callName(call)}`;
}
