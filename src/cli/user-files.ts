import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { UserFiles } from "./command.ts";

/** The files of this computer, relative paths taken from `dir`. */
export function createUserFiles(dir: string): UserFiles {
  return {
    async kindOf(path) {
      try {
        const found = await stat(resolve(dir, path));
        return found.isDirectory() ? "folder" : "file";
      } catch {
        return null;
      }
    },
    readText: (path) => readFile(resolve(dir, path), "utf8"),
    async list(path) {
      const entries = await readdir(resolve(dir, path), { withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
    },
    writeText: (path, text) => writeFile(resolve(dir, path), text),
  };
}
