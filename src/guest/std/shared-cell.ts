import { CALLS } from "#abi";
import { decode, encode } from "../core/codec.ts";
import { Handle, KEY, idAs, reviveAs, reviveWith } from "../core/handle.ts";
import { kernelCall } from "../core/kernel.ts";

/**
 * Memory that threads share without any protection: a `get` and a later `set` are two steps, and another thread
 * may come between them. Rust would refuse it; it is here to show what goes wrong.
 */
export class SharedCell<T> extends Handle {
  constructor(value: T) {
    super(KEY, "cell", kernelCall(CALLS.cellNew, 0, 0, encode(value, "value")) as number);
  }

  /** A copy of the value. */
  get(): T {
    return decode(kernelCall(CALLS.cellGet, idAs(this, "cell"))) as T;
  }

  set(value: T): void {
    kernelCall(CALLS.cellSet, idAs(this, "cell"), 0, encode(value, "value"));
  }
}

reviveWith("cell", (id) => reviveAs(SharedCell, "cell", id));
