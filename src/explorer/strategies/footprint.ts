import { isEarly, isFused, mayConflict, touchOf, type Operation } from "./dependency.ts";

/**
 * What the first step of a thread from some state on did, in all runs that began with it. As long as nothing that it
 * meets is done, it would do the same, and doing it sooner or later leads to the same state.
 */
export class Footprint {
  readonly thread: number;
  /** Calls that took effect, and the one that it came to where others can tell. */
  readonly #touched: Operation[] = [];
  #isBlurred = false;

  constructor(thread: number) {
    this.thread = thread;
  }

  act(operation: Operation): void {
    const { call, object } = operation;
    if (this.#touched.some((known) => known.call === call && known.object === object)) return;
    this.#touched.push(operation);
  }

  reach(operation: Operation): void {
    if (isEarly(operation.call)) this.act(operation);
  }

  /** The step was cut: what else it would have done is not known. */
  blur(): void {
    this.#isBlurred = true;
  }

  /** Whether the step may be another one once `operation` has taken effect in another thread. */
  meetsAct(operation: Operation): boolean {
    if (this.#isBlurred || touchOf(operation.call) === "anything") return true;
    return this.#touched.some((touched) => mayConflict(touched, operation));
  }

  /** Whether the step may be another one, or end sooner, once another thread has come to `operation`. */
  meetsArrival(operation: Operation): boolean {
    if (this.#isBlurred || isEarly(operation.call)) return this.meetsAct(operation);
    return this.#touched.some((touched) => isFused(touched.call) && mayConflict(touched, operation));
  }
}
