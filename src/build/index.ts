export * from "./assets.ts";
export * from "./engine.ts";
export * from "./files.ts";
export * from "./timeline.ts";
