export * from "./ports.ts";
export { Thread } from "./thread.ts";
export { Kernel, type KernelOptions, type KernelRules, type Line } from "./kernel.ts";
export type { Failure } from "./failure.ts";
