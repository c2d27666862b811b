import { CALLS, STATUS } from "#abi";
import { Handle, type HandleKey, idAs, KEY, reviveAs, reviveWith } from "../core/handle.ts";
import { type Encoded, kernelCall, status } from "../core/kernel.ts";
import { err, ok, type Result } from "../core/result.ts";
import { wholeNumber } from "../core/whole-number.ts";
import type { Future } from "./future.ts";
import { Operation } from "./operation.ts";

/**
 * Permits that tasks of any thread take and give back: at most so many do something at once. They are given out
 * strictly in the order of asking: a large request at the front gets what comes back, and small ones behind it wait.
 * Stands for `tokio::sync::Semaphore`.
 */
export class Semaphore extends Handle {
  /** @throws RangeError where `permits` is no whole number from 0. */
  constructor(permits: number) {
    const count = wholeNumber(permits, 0, "new Semaphore(permits)");
    super(KEY, "semaphore", kernelCall(CALLS.semaphoreNew, count) as number);
  }

  /**
   * Waits for `n` permits, first come first served; `"closed"` once the semaphore is closed. Cancel safe: what was put
   * aside for it goes to those behind it; dropping it gives the place in line up. Stands for `acquire_many_owned`.
   * @throws RangeError where `n` is no whole number from 1.
   */
  acquire(n = 1): Future<Result<Permit, "closed">> {
    const wanted = wholeNumber(n, 1, "acquire(n)");
    return new Operation<Result<Permit, "closed">>({
      call: CALLS.acquire,
      a: idAs(this, "semaphore"),
      payload: () => wanted,
      read: (reply, ended) => (ended === STATUS.ok ? ok(permitOf(reply)) : err("closed")),
      held: [this],
    });
  }

  /**
   * Takes `n` permits if they are there and nobody waits for them; never waits.
   * @throws RangeError where `n` is no whole number from 1.
   */
  tryAcquire(n = 1): Result<Permit, "no-permits" | "closed"> {
    const wanted = wholeNumber(n, 1, "tryAcquire(n)");
    const reply = kernelCall(CALLS.acquire, idAs(this, "semaphore"), 0, wanted, 0);
    if (status() === STATUS.ok) return ok(permitOf(reply));
    return err(status() === STATUS.empty ? "no-permits" : "closed");
  }

  /** How many permits nobody has or waits for. */
  availablePermits(): number {
    return kernelCall(CALLS.availablePermits, idAs(this, "semaphore")) as number;
  }

  /**
   * Makes `n` more permits.
   * @throws RangeError where `n` is no whole number from 0.
   */
  addPermits(n: number): void {
    kernelCall(CALLS.addPermits, idAs(this, "semaphore"), 0, wholeNumber(n, 0, "addPermits(n)"));
  }

  /** From now on nobody gets a permit: whoever waits or asks is told `"closed"`. Permits that are out stay good. */
  close(): void {
    kernelCall(CALLS.closeSemaphore, idAs(this, "semaphore"));
  }
}

/**
 * Permits of a semaphore, with one owner: a task that it is moved into gives it back when it ends, so does a thread.
 * Stands for `tokio::sync::OwnedSemaphorePermit`.
 */
export class Permit extends Handle {
  /** @internal Use `Semaphore.acquire`. */
  constructor(key: HandleKey, id: number) {
    super(key, "permit", id);
  }

  /** Gives the permits back. */
  release(): void {
    kernelCall(CALLS.release, idAs(this, "permit"));
  }

  /** Gives the permits back at the end of a block (`using`), unless they were given back or moved away before. */
  [Symbol.dispose](): void {
    kernelCall(CALLS.release, idAs(this, "permit"), 1);
  }
}

function permitOf(reply: Encoded): Permit {
  return new Permit(KEY, reply as number);
}

reviveWith("semaphore", (id) => reviveAs(Semaphore, "semaphore", id));
reviveWith("permit", (id) => new Permit(KEY, id));
