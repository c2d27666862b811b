export * from "./ports.ts";
export { Thread } from "./thread.ts";
export { Kernel, type KernelOptions, type KernelRules } from "./kernel.ts";
export type { Line } from "./reports.ts";
export { waitOf } from "./waiters.ts";
export type { WakerTarget } from "./objects.ts";
export { type Task, TASK_OWNERS } from "./task.ts";
export type { Failure } from "./failure.ts";
