export * from "./assets.ts";
export * from "./engine.ts";
export * from "./files.ts";
export * from "./run-counts.ts";
export * from "./recording.ts";
export * from "./lesson-recordings.ts";
