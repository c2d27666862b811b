import { CALLS } from "#abi";
import { kernelCall } from "../core/kernel.ts";

/** Gives a lock that turned out to be poisoned back, and panics. */
export function refusePoisoned(guard: { unlock(): void }): never {
  guard.unlock();
  const error = new Error("a thread panicked while it held this lock; its value may be half changed");
  error.name = "PoisonError";
  throw error;
}

/** Whether a thread panicked while it could change the value of lock `id`. */
export function isPoisoned(id: number): boolean {
  return kernelCall(CALLS.isPoisoned, id) === 1;
}

export function clearPoison(id: number): void {
  kernelCall(CALLS.clearPoison, id);
}
