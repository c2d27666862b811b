import { CALLS } from "#abi";
import { wholeNumber } from "../core/whole-number.ts";
import { Handle, KEY, idAs, reviveAs, reviveWith } from "../core/handle.ts";
import { kernelCall } from "../core/kernel.ts";

/**
 * What a wait at a barrier tells.
 * @rust std::sync::BarrierWaitResult
 */
export interface BarrierWaitResult {
  /**
   * True for one of the threads that met, the last to arrive: it may do what only one should.
   * @rust std::sync::BarrierWaitResult::is_leader
   */
  readonly isLeader: boolean;
}

/**
 * A place where `n` threads wait for each other; afterwards it can be used for the next round.
 * @rust std::sync::Barrier
 * @differs The leader is the last to arrive. Rust does not say which of them it is.
 * @example
 * ```ts
 * import { Barrier } from "std/sync";
 * import { scope, sleep } from "std/thread";
 * const meeting = new Barrier(2);
 * scope((s) => {
 *   for (const ms of [10, 20])
 *     s.spawn(() => {
 *       sleep(ms);
 *       if (meeting.wait().isLeader) console.log(`complete at ${ms} ms`); // complete at 20 ms
 *     });
 * });
 * ```
 */
export class Barrier extends Handle {
  /**
   * A barrier for `n` threads.
   * @throws RangeError where `n` is no whole number from 1.
   * @rust std::sync::Barrier::new
   * @differs Rust takes 0 as 1.
   */
  constructor(n: number) {
    super(KEY, "barrier", kernelCall(CALLS.barrierNew, wholeNumber(n, 1, "new Barrier(n)")) as number);
  }

  /**
   * Waits until `n` threads have come here.
   * @rust std::sync::Barrier::wait
   */
  wait(): BarrierWaitResult {
    return { isLeader: kernelCall(CALLS.barrierWait, idAs(this, "barrier")) === 1 };
  }
}

reviveWith("barrier", (id) => reviveAs(Barrier, "barrier", id));
