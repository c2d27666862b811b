export * from "./types.ts";
export { describeSteps, type Step } from "./steps.ts";
export * from "./timeline.ts";
export { Machine, LoadedProgram, type EngineAssets } from "./machine.ts";
