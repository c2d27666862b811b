import { CALLS } from "#abi";
import { HELD } from "../core/captures.ts";
import { Handle, idAs, KEY, reviveAs, reviveWith } from "../core/handle.ts";
import { kernelCall } from "../core/kernel.ts";
import { err, ok, type Result } from "../core/result.ts";
import { asFuture } from "./as-future.ts";
import type { Context } from "./context.ts";
import { Future } from "./future.ts";
import { begun, made } from "./generators.ts";
import { Operation } from "./operation.ts";
import { dropAfterPanic, dropAll } from "./panics.ts";
import { Poll, polledAgain } from "./polling.ts";

/**
 * Asks work to stop, in any number of tasks and threads; they look when it suits them. Once cancelled it
 * stays so.
 * @rust tokio_util::sync::CancellationToken
 * @differs There is no `clone`: all who have it share it.
 * @example
 * ```ts
 * import { type Async, blockOn, join, select } from "rt";
 * import { CancellationToken } from "rt/sync";
 * import { sleep } from "rt/time";
 * const stop = new CancellationToken();
 * function* work(): Async<void> {
 *   while (!stop.isCancelled()) {
 *     const won = yield* select({ stop: stop.cancelled(), round: sleep(10) });
 *     console.log(won.branch); // round, round, stop
 *   }
 * }
 * function* cancel(): Async<void> { yield* sleep(25); stop.cancel(); }
 * blockOn(join(work(), cancel()));
 * ```
 */
export class CancellationToken extends Handle {
  /**
   * A token that is not cancelled.
   * @rust tokio_util::sync::CancellationToken::new
   */
  constructor() {
    super(KEY, "token", kernelCall(CALLS.tokenNew) as number);
  }

  /**
   * Cancels the token and its descendants; nothing happens where it is cancelled already.
   * @rust tokio_util::sync::CancellationToken::cancel
   */
  cancel(): void {
    kernelCall(CALLS.tokenCancel, idAs(this, "token"));
  }

  /**
   * Whether it is cancelled. Never waits.
   * @rust tokio_util::sync::CancellationToken::is_cancelled
   */
  isCancelled(): boolean {
    return kernelCall(CALLS.tokenCancelled, idAs(this, "token"), 0, "u", 0) === 1;
  }

  /**
   * Waits until it is cancelled.
   * @rust tokio_util::sync::CancellationToken::cancelled
   * @cancel Safe: there is nothing to lose, as a token stays cancelled.
   */
  cancelled(): Future<void> {
    return new Operation<void>({
      call: CALLS.tokenCancelled,
      a: idAs(this, "token"),
      read: () => undefined,
      held: [this],
    });
  }

  /**
   * A token that is cancelled together with this one, and can be cancelled without it.
   * @rust tokio_util::sync::CancellationToken::child_token
   */
  childToken(): CancellationToken {
    return reviveAs(CancellationToken, "token", kernelCall(CALLS.tokenNew, idAs(this, "token")) as number);
  }

  /**
   * Cancels the token when a block is left, however it is left: `using guard = token.dropGuard()`.
   * @rust tokio_util::sync::CancellationToken::drop_guard
   */
  dropGuard(): CancellationDropGuard {
    idAs(this, "token");
    return new CancellationDropGuard(this);
  }

  /**
   * Runs `future` until it is ready, or until the token is cancelled: then it is dropped, and the result is
   * `"cancelled"`. Where both are so at once the value wins, unless the token was cancelled before the first poll.
   * @throws the future's panic.
   * @rust tokio_util::sync::CancellationToken::run_until_cancelled
   * @cancel As safe as `future`, which is dropped with it.
   * @differs Tokio gives an Option.
   * @example
   * ```ts
   * import { type Async, blockOn } from "rt";
   * import { CancellationToken } from "rt/sync";
   * import { sleep } from "rt/time";
   * function* work(): Async<string> {
   *   try { yield* sleep(10); } finally { console.log("left"); } // left
   *   return "done";
   * }
   * const stop = new CancellationToken();
   * const result = blockOn(stop.runUntilCancelled(work()));
   * stop.cancel();
   * const never = blockOn(stop.runUntilCancelled(work()));
   * console.log(result.ok ? result.value : result.error, never.ok); // done false
   * ```
   */
  runUntilCancelled<T>(future: Future<T>): Future<Result<T, "cancelled">> {
    return new RunUntilCancelled(this.cancelled(), asFuture(future, "runUntilCancelled(future)"));
  }
}

/**
 * Cancels a token at the end of its block.
 * @rust tokio_util::sync::DropGuard
 * @example
 * ```ts
 * import { CancellationToken } from "rt/sync";
 * const one = new CancellationToken(), other = new CancellationToken();
 * {
 *   using first = one.dropGuard();
 *   using second = other.dropGuard();
 *   second.disarm();
 * }
 * console.log(one.isCancelled(), other.isCancelled()); // true false
 * ```
 */
export class CancellationDropGuard {
  #token: CancellationToken | null;

  /** @internal Use `CancellationToken.dropGuard`. */
  constructor(token: CancellationToken) {
    this.#token = token;
  }

  /**
   * The work is done: the token is left as it is.
   * @rust tokio_util::sync::DropGuard::disarm
   */
  disarm(): void {
    this.#token = null;
  }

  /** At the end of a `using` block: cancels the token, unless the guard was disarmed. */
  [Symbol.dispose](): void {
    this.#token?.cancel();
    this.#token = null;
  }
}

class RunUntilCancelled<T> extends Future<Result<T, "cancelled">> {
  readonly #futures: [Future<void> | null, Future<T> | null];
  readonly #token = made();
  #hasBegun = false;

  constructor(cancelled: Future<void>, future: Future<T>) {
    super();
    this.#futures = [cancelled, future];
  }

  override poll(cx: Context): Poll<Result<T, "cancelled">> {
    begun(this.#token);
    const [cancelled, future] = this.#futures;
    if (cancelled === null || future === null) return polledAgain();
    // A token that is cancelled already comes before the future, later it comes after.
    if (!this.#hasBegun && cancelled.poll(cx).ready) return this.#endCancelled();
    const poll = this.#pollInner(future, cx);
    if (poll.ready) {
      this.#futures[1] = null;
      dropAll(this.#futures);
      return Poll.ready(ok(poll.value));
    }
    if (this.#hasBegun && cancelled.poll(cx).ready) return this.#endCancelled();
    this.#hasBegun = true;
    return Poll.pending;
  }

  override drop(): void {
    begun(this.#token);
    dropAll(this.#futures);
  }

  /** @internal */
  [HELD](): readonly unknown[] {
    return this.#futures;
  }

  #endCancelled(): Poll<Result<T, "cancelled">> {
    this.#futures[0] = null;
    dropAll(this.#futures);
    return Poll.ready(err("cancelled"));
  }

  #pollInner(future: Future<T>, cx: Context): Poll<T> {
    try {
      return future.poll(cx);
    } catch (error) {
      this.#futures[1] = null;
      dropAfterPanic(this.#futures);
      throw error;
    }
  }
}

reviveWith("token", (id) => reviveAs(CancellationToken, "token", id));
