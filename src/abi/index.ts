export * from "./place.ts";
export * from "./outcome.ts";
export * from "./limits.ts";
export * from "./calls.ts";
export * from "./files.ts";
export * from "./status.ts";
export * from "./payload.ts";
export * from "./trace.ts";
