import { CALLS } from "#abi";
import { kernelCall } from "../core/kernel.ts";

/** What one indivisible step can do with a number: the same numbers in src/kernel/calls/memory.ts. */
export const FETCH = { add: 0, sub: 1, max: 2, min: 3, and: 4, or: 5, xor: 6 } as const;

/** Changes atomic `id` in one step; returns the value before. */
export function fetch(id: number, how: (typeof FETCH)[keyof typeof FETCH], operand: number): number {
  return kernelCall(CALLS.atomicFetch, id, how, operand) as number;
}
