export * from "./engine.ts";
export type { CheckBundle } from "#course";
export * from "./words.ts";
export * from "./hints.ts";
export * from "./shorten-steps.ts";
export * from "./verdict.ts";
export * from "./suite.ts";
export * from "./grade.ts";
export * from "./run-program.ts";
