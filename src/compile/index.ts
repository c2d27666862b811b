export * from "./program.ts";
export type { Bundler } from "./bundle.ts";
export { compile } from "./compile.ts";
export { isHidden, locate } from "./mapping.ts";
