import { CALLS, type Call } from "#abi";
import type { ChoiceKind, ChoicePoint, Watcher } from "#kernel";
import { Landmarks, type Landmark } from "./landmarks.ts";

/**
 * Where a run asks a question, told by what its program does, so that it is found again when the code was edited: which
 * thread went on last, at which call it stands, and how many-th time it has come there. A thread that has ended stands
 * at `exit`.
 *
 * Where a task is picked, the object is the task that is first in line, and how many-th time it is first is counted: how
 * often the executor looked for a task at all hangs on every other task.
 */
export interface Spot {
  /** -1 before the first thread has gone on. */
  readonly thread: number;
  /** 0 before it has come to any call. */
  readonly call: Call | 0;
  readonly object: Landmark | null;
  /** From 1: how many-th time the thread has come to this call on this object; 0 where to none. */
  readonly occurrence: number;
  /** How many questions of this kind it had asked since, from 0. */
  readonly nth: number;
}

/** A {@link Spot} of the run itself, with the object's number. */
export interface Standing extends Omit<Spot, "object"> {
  readonly object: number;
}

/** The call that a thread stands at. */
type Stand = Pick<Standing, "call" | "object" | "occurrence">;

const NOWHERE: Stand = { call: 0, object: 0, occurrence: 0 };

/** Keeps where the threads of one run stand. Its watcher must hear everything, and it must be told of every question. */
export class Whereabouts {
  readonly landmarks = new Landmarks();
  readonly watcher: Watcher;
  readonly #stands: Stand[] = [];
  readonly #times = new Map<string, number>();
  readonly #asked: Map<ChoiceKind, number>[] = [];
  #last = -1;

  /** `goesOn` hears which thread does, before it has. */
  constructor(goesOn: (thread: number) => void = () => undefined) {
    this.watcher = {
      goesOn: (thread) => {
        goesOn(thread);
        this.#last = thread;
      },
      reaches: (thread, call, object) => this.#arrive(thread, call, object),
      acts: (thread, call) => {
        if (call === CALLS.exit && this.standOf(thread).call !== CALLS.exit) this.#arrive(thread, call, 0);
      },
      makes: (thread, object, type, name) => this.landmarks.made(thread, object, type, name),
    };
  }

  /** Where this question is asked. Call it once a question. */
  ask(point: ChoicePoint): Standing {
    const thread = this.#last;
    if (point.kind === "task") return { thread, ...this.#firstInLine(point), nth: 0 };
    const asked = (this.#asked[thread + 1] ??= new Map());
    const nth = asked.get(point.kind) ?? 0;
    asked.set(point.kind, nth + 1);
    return { thread, ...this.standOf(thread), nth };
  }

  standOf(thread: number): Stand {
    return this.#stands[thread] ?? NOWHERE;
  }

  /** The same, told without the number of the object. */
  spotOf(standing: Standing): Spot {
    return { ...standing, object: this.landmarks.of(standing.call, standing.object) };
  }

  isAt(spot: Spot, standing: Standing): boolean {
    return spot.occurrence === standing.occurrence && this.isLike(spot, standing);
  }

  /** The same, at whatever time the thread has come there. */
  isLike(spot: Spot, { thread, call, object, nth }: Standing): boolean {
    return (
      spot.thread === thread &&
      spot.call === call &&
      spot.nth === nth &&
      this.landmarks.isThere(spot.object, call, object)
    );
  }

  /** How often a thread has come to the call on the object that the spot tells of. */
  timesAt(spot: Spot): number {
    let times = 0;
    for (const [key, count] of this.#times) {
      const [thread, call, object = 0] = key.split(" ").map(Number);
      if (thread === spot.thread && call === spot.call && this.landmarks.isThere(spot.object, call, object))
        times += count;
    }
    return times;
  }

  #firstInLine({ calls, objects, preferred }: ChoicePoint): Stand {
    const call = calls[preferred] ?? 0;
    const object = objects[preferred] ?? 0;
    return { call, object, occurrence: this.#count(this.#last, call, object) };
  }

  #arrive(thread: number, call: Call, object: number): void {
    this.#last = thread;
    this.#asked[thread + 1]?.clear();
    this.#stands[thread] = { call, object, occurrence: this.#count(thread, call, object) };
  }

  #count(thread: number, call: Call | 0, object: number): number {
    const key = `${thread} ${call} ${object}`;
    const times = (this.#times.get(key) ?? 0) + 1;
    this.#times.set(key, times);
    return times;
  }
}
