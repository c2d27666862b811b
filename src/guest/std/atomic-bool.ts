import { CALLS } from "#abi";
import { STATUS } from "#abi";
import { Handle, KEY, idAs, reviveAs, reviveWith } from "../core/handle.ts";
import { kernelCall, status } from "../core/kernel.ts";
import { err, ok, type Result } from "../core/result.ts";

/** Memory orders, accepted for likeness to Rust; every access here is sequentially consistent. */
export type Ordering = "relaxed" | "acquire" | "release" | "acq-rel" | "seq-cst";

/** A shared flag whose every access is one indivisible step. Stands for `std::sync::atomic::AtomicBool`. */
export class AtomicBool extends Handle {
  constructor(value: boolean) {
    super(KEY, "atomicBool", kernelCall(CALLS.atomicNew, 0, 0, value ? 1 : 0) as number);
  }

  load(_order?: Ordering): boolean {
    return kernelCall(CALLS.atomicLoad, idAs(this, "atomicBool")) === 1;
  }

  store(value: boolean, _order?: Ordering): void {
    kernelCall(CALLS.atomicStore, idAs(this, "atomicBool"), 0, value ? 1 : 0);
  }

  /** Stores `value` and returns the one before. */
  swap(value: boolean, _order?: Ordering): boolean {
    return kernelCall(CALLS.atomicSwap, idAs(this, "atomicBool"), 0, value ? 1 : 0) === 1;
  }

  /** Stores `next` if the value is `now`; ok holds the value before, error the value found instead. */
  compareExchange(now: boolean, next: boolean, _order?: Ordering): Result<boolean, boolean> {
    const before =
      kernelCall(CALLS.atomicCompareExchange, idAs(this, "atomicBool"), now ? 1 : 0, next ? 1 : 0) === 1;
    return status() === STATUS.ok ? ok(before) : err(before);
  }
}

reviveWith("atomicBool", (id) => reviveAs(AtomicBool, "atomicBool", id));
