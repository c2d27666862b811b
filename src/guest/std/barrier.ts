import { CALLS } from "#abi";
import { wholeNumber } from "../core/whole-number.ts";
import { Handle, KEY, idAs, reviveAs, reviveWith } from "../core/handle.ts";
import { kernelCall } from "../core/kernel.ts";

/** What a wait at a barrier tells. */
export interface BarrierWaitResult {
  /** True for one of the threads that met, the last to arrive: it may do what only one should. */
  readonly isLeader: boolean;
}

/**
 * A place where `n` threads wait for each other; afterwards it can be used for the next round.
 * Stands for `std::sync::Barrier`.
 */
export class Barrier extends Handle {
  /** @throws RangeError where `n` is no whole number from 1. */
  constructor(n: number) {
    super(KEY, "barrier", kernelCall(CALLS.barrierNew, wholeNumber(n, 1, "new Barrier(n)")) as number);
  }

  /** Waits until `n` threads have come here. */
  wait(): BarrierWaitResult {
    return { isLeader: kernelCall(CALLS.barrierWait, idAs(this, "barrier")) === 1 };
  }
}

reviveWith("barrier", (id) => reviveAs(Barrier, "barrier", id));
