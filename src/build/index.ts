export * from "./assets.ts";
export * from "./files.ts";
