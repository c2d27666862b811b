import { CALLS, STATUS } from "#abi";
import { Handle, type HandleKey, idAs, KEY, reviveAs, reviveWith } from "../core/handle.ts";
import { type Encoded, kernelCall, status } from "../core/kernel.ts";
import { err, ok, type Result } from "../core/result.ts";
import { wholeNumber } from "../core/whole-number.ts";
import type { Future } from "./future.ts";
import { Operation } from "./operation.ts";

/**
 * Permits that tasks of any thread take and give back: at most so many do something at once. They are given
 * out strictly in the order of asking: a large request at the front gets what comes back, and small ones
 * behind it wait.
 * @rust tokio::sync::Semaphore
 * @example
 * ```ts
 * import { type Async, blockOn, joinAll } from "rt";
 * import { Semaphore } from "rt/sync";
 * import { Instant, sleep } from "rt/time";
 * const start = Instant.now(), limit = new Semaphore(2);
 * function* job(name: string): Async<void> {
 *   const got = yield* limit.acquire();
 *   if (!got.ok) return;
 *   using permit = got.value;
 *   yield* sleep(10);
 *   console.log(name, start.elapsed()); // a 10, b 10, c 20
 * }
 * blockOn(joinAll(["a", "b", "c"].map(job)));
 * console.log(limit.availablePermits()); // 2
 * ```
 */
export class Semaphore extends Handle {
  /**
   * A semaphore with so many permits to give.
   * @throws RangeError where `permits` is no whole number from 0.
   * @rust tokio::sync::Semaphore::new
   */
  constructor(permits: number) {
    const count = wholeNumber(permits, 0, "new Semaphore(permits)");
    super(KEY, "semaphore", kernelCall(CALLS.semaphoreNew, count) as number);
  }

  /**
   * Waits for `n` permits, first come first served; `"closed"` once the semaphore is closed.
   * @throws RangeError where `n` is no whole number from 1.
   * @rust tokio::sync::Semaphore::acquire_many_owned
   * @cancel Safe: what was put aside for it goes to those behind it. The place in line is lost.
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
   * @rust tokio::sync::Semaphore::try_acquire_many_owned
   */
  tryAcquire(n = 1): Result<Permit, "no-permits" | "closed"> {
    const wanted = wholeNumber(n, 1, "tryAcquire(n)");
    const reply = kernelCall(CALLS.acquire, idAs(this, "semaphore"), 0, wanted, 0);
    if (status() === STATUS.ok) return ok(permitOf(reply));
    return err(status() === STATUS.empty ? "no-permits" : "closed");
  }

  /**
   * How many permits nobody has or waits for.
   * @rust tokio::sync::Semaphore::available_permits
   */
  availablePermits(): number {
    return kernelCall(CALLS.availablePermits, idAs(this, "semaphore")) as number;
  }

  /**
   * Makes `n` more permits.
   * @throws RangeError where `n` is no whole number from 0.
   * @rust tokio::sync::Semaphore::add_permits
   */
  addPermits(n: number): void {
    kernelCall(CALLS.addPermits, idAs(this, "semaphore"), 0, wholeNumber(n, 0, "addPermits(n)"));
  }

  /**
   * From now on nobody gets a permit: whoever waits or asks is told `"closed"`. Permits that are out stay
   * good.
   * @rust tokio::sync::Semaphore::close
   */
  close(): void {
    kernelCall(CALLS.closeSemaphore, idAs(this, "semaphore"));
  }
}

/**
 * Permits of a semaphore, with one owner: a task that it is moved into gives it back when it ends, so does a
 * thread.
 * @rust tokio::sync::OwnedSemaphorePermit
 * @example
 * ```ts
 * import { type Async, blockOn, spawn } from "rt";
 * import { type Permit, Semaphore } from "rt/sync";
 * import { sleep } from "rt/time";
 * function* work(permit: Permit): Async<void> { yield* sleep(10); }
 * function* main(): Async<void> {
 *   const slots = new Semaphore(1);
 *   const got = yield* slots.acquire();
 *   if (got.ok) spawn(work(got.value));
 *   console.log(slots.availablePermits()); // 0
 *   yield* sleep(20);
 *   console.log(slots.availablePermits()); // 1
 * }
 * blockOn(main());
 * ```
 */
export class Permit extends Handle {
  /** @internal Use `Semaphore.acquire`. */
  constructor(key: HandleKey, id: number) {
    super(key, "permit", id);
  }

  /**
   * Gives the permits back.
   * @rust std::mem::drop
   */
  release(): void {
    kernelCall(CALLS.release, idAs(this, "permit"));
  }

  /** At the end of a `using` block: gives the permits back, unless they were given back or moved before. */
  [Symbol.dispose](): void {
    kernelCall(CALLS.release, idAs(this, "permit"), 1);
  }
}

function permitOf(reply: Encoded): Permit {
  return new Permit(KEY, reply as number);
}

reviveWith("semaphore", (id) => reviveAs(Semaphore, "semaphore", id));
reviveWith("permit", (id) => new Permit(KEY, id));
