/** Each variant of a program has a file of its own in place of this one: see variants.ts. */
export const STEPS: number = 0;
