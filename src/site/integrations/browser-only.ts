import type { Plugin } from "vite";

const EDITOR = /\/editor\/monaco\.ts$/;
const NOTHING = "\0browser-only";

/** Keeps the editor out of the server build: rendering never needs it, and it would double the time of a build. */
export function browserOnly(): Plugin {
  return {
    name: "browser-only",
    enforce: "pre",
    resolveId(source) {
      return this.environment.name !== "client" && EDITOR.test(source) ? NOTHING : undefined;
    },
    load(id) {
      return id === NOTHING ? "export {}" : undefined;
    },
  };
}
