import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { TextFiles } from "#course";

/** The files below `root` on this computer, as the course's loaders read them. */
export function createNodeFiles(root: string): TextFiles {
  return {
    readText: (path) => orElse(null, readFile(join(root, path), "utf8")),
    async list(dir) {
      const entries = await orElse([], readdir(join(root, dir), { withFileTypes: true }));
      return entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)).sort();
    },
  };
}

/** `fallback` where there is no such file or folder; any other error is thrown. */
async function orElse<T>(fallback: T, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") return fallback;
    throw error;
  }
}
