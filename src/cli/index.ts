export * from "./command.ts";
export * from "./dispatch.ts";
export { createEngine } from "./engine.ts";
export { attempt, createUserFiles } from "./user-files.ts";
