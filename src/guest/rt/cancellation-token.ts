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
 * Asks work to stop, in any number of tasks and threads; they look when it suits them. Once cancelled it stays so.
 * Stands for `tokio_util::sync::CancellationToken`; there is no `clone`, as all who have it share it.
 */
export class CancellationToken extends Handle {
  constructor() {
    super(KEY, "token", kernelCall(CALLS.tokenNew) as number);
  }

  /** Cancels the token and its descendants; nothing happens where it is cancelled already. */
  cancel(): void {
    kernelCall(CALLS.tokenCancel, idAs(this, "token"));
  }

  /** Whether it is cancelled. Never waits. */
  isCancelled(): boolean {
    return kernelCall(CALLS.tokenCancelled, idAs(this, "token"), 0, "u", 0) === 1;
  }

  /** Waits until it is cancelled. Cancel safe. */
  cancelled(): Future<void> {
    return new Operation<void>({
      call: CALLS.tokenCancelled,
      a: idAs(this, "token"),
      read: () => undefined,
      held: [this],
    });
  }

  /** A token that is cancelled together with this one, and can be cancelled without it. */
  childToken(): CancellationToken {
    return reviveAs(CancellationToken, "token", kernelCall(CALLS.tokenNew, idAs(this, "token")) as number);
  }

  /** Cancels the token when a block is left, however it is left: `using guard = token.dropGuard()`. */
  dropGuard(): CancellationDropGuard {
    idAs(this, "token");
    return new CancellationDropGuard(this);
  }

  /**
   * Runs `future` until it is ready, or until the token is cancelled: then it is dropped, and the result is
   * `"cancelled"`, which also wins where both are so at once. Cancel safe as far as `future` is.
   */
  runUntilCancelled<T>(future: Future<T>): Future<Result<T, "cancelled">> {
    return new RunUntilCancelled(this.cancelled(), asFuture(future, "runUntilCancelled(future)"));
  }
}

/** Cancels a token at the end of its block. Stands for `tokio_util::sync::DropGuard`. */
export class CancellationDropGuard {
  #token: CancellationToken | null;

  /** @internal Use `CancellationToken.dropGuard`. */
  constructor(token: CancellationToken) {
    this.#token = token;
  }

  /** The work is done: the token is left as it is. */
  disarm(): void {
    this.#token = null;
  }

  [Symbol.dispose](): void {
    this.#token?.cancel();
    this.#token = null;
  }
}

class RunUntilCancelled<T> extends Future<Result<T, "cancelled">> {
  readonly #futures: [Future<void> | null, Future<T> | null];
  readonly #token = made();

  constructor(cancelled: Future<void>, future: Future<T>) {
    super();
    this.#futures = [cancelled, future];
  }

  override poll(cx: Context): Poll<Result<T, "cancelled">> {
    begun(this.#token);
    const [cancelled, future] = this.#futures;
    if (cancelled === null || future === null) return polledAgain();
    if (cancelled.poll(cx).ready) {
      this.#futures[0] = null;
      dropAll(this.#futures);
      return Poll.ready(err("cancelled"));
    }
    const poll = this.#pollInner(future, cx);
    if (!poll.ready) return Poll.pending;
    this.#futures[1] = null;
    dropAll(this.#futures);
    return Poll.ready(ok(poll.value));
  }

  override drop(): void {
    begun(this.#token);
    dropAll(this.#futures);
  }

  /** @internal */
  [HELD](): readonly unknown[] {
    return this.#futures;
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
