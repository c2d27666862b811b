import { HELD } from "../core/captures.ts";
import type { Context } from "./context.ts";
import { type Async, Future } from "./future.ts";
import { begun, made } from "./generators.ts";
import type { Poll } from "./polling.ts";

/** A future that is several of this library's, one after the other: an async function as a program writes it. */
export class Steps<T> extends Future<T> {
  readonly #steps: Async<T>;
  readonly #held: readonly unknown[];
  readonly #token = made();

  /** `held`: handles that the steps use; a task that the future is spawned in takes them along. */
  constructor(steps: Async<T>, held: readonly unknown[] = []) {
    super();
    this.#steps = steps;
    this.#held = held;
  }

  override poll(cx: Context): Poll<T> {
    begun(this.#token);
    return this.#steps.poll(cx);
  }

  override drop(): void {
    begun(this.#token);
    this.#steps.drop();
  }

  /** @internal */
  [HELD](): readonly unknown[] {
    return this.#held;
  }
}
