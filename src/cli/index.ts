export * from "./command.ts";
export * from "./dispatch.ts";
export { createEngine } from "./engine.ts";
