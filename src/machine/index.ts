export * from "./types.ts";
export { describeSteps, recordSteps, type Step, type StepRecord } from "./steps.ts";
export { Actors, type Actor } from "./actors.ts";
export { EventWords } from "./event-words.ts";
export { TaskWaits } from "./task-waits.ts";
export * from "./timeline.ts";
export { Machine, LoadedProgram, type EngineAssets } from "./machine.ts";
