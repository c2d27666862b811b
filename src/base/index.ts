export * from "./assert.ts";
export * from "./prng.ts";
export * from "./hash.ts";
export * from "./format.ts";
