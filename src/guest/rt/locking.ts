import { CALLS, STATUS } from "#abi";
import { type Encoded, kernelCall, status } from "../core/kernel.ts";
import { err, ok, type Result } from "../core/result.ts";
import type { Future } from "./future.ts";
import { Operation } from "./operation.ts";

/** How a lock is asked for: the payload of the kernel call. */
export const MODE = { write: 0, read: 1 } as const;

/** A lock to be taken, and the guard to make of it. */
export interface Locking<G> {
  readonly lock: number;
  readonly mode: (typeof MODE)[keyof typeof MODE];
  /** `guard` is the number under which the kernel knows it in this thread. */
  readonly guard: (value: Encoded, guard: number) => G;
  /** The lock's handle. */
  readonly held: unknown;
}

let guards = 0;

/** Waits in line for the lock. */
export function locking<G>({ lock, mode, guard, held }: Locking<G>): Future<G> {
  const number = ++guards;
  return new Operation<G>({
    call: CALLS.asyncLock,
    a: lock,
    b: number,
    payload: () => mode,
    read: (reply) => guard(reply, number),
    held: [held],
  });
}

/** Takes the lock at once, or not at all. */
export function tryLocking<G>({ lock, mode, guard }: Locking<G>): Result<G, "would-block"> {
  const number = ++guards;
  const reply = kernelCall(CALLS.asyncLock, lock, number, mode, 0);
  return status() === STATUS.wouldBlock ? err("would-block") : ok(guard(reply, number));
}
