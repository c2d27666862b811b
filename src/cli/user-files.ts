import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { UserFiles } from "./command.ts";
import { UsageError } from "./usage-error.ts";

/** The files of this computer, relative paths taken from `dir`. What the system refuses is a {@link UsageError}. */
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
    async readText(path) {
      return decodeText(await attempt(`\`${path}\` cannot be read`, readFile(resolve(dir, path))));
    },
    async list(path) {
      const reading = readdir(resolve(dir, path), { withFileTypes: true });
      const entries = await attempt(`The folder \`${path}\` cannot be read`, reading);
      return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
    },
    async writeText(path, text) {
      await attempt(`\`${path}\` cannot be written`, writeFile(resolve(dir, path), text));
    },
  };
}

/** Bytes that are no UTF-8 become a lone surrogate, which the compiler refuses as no text: nothing is guessed. */
function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return `${new TextDecoder().decode(bytes)}\ud800`;
  }
}

/** What the system's error codes mean, and what to do. */
const CAUSES: Readonly<Record<string, string>> = {
  EACCES: "you have no permission. Change it with `chmod`, or name another file.",
  EPERM: "you have no permission. Change it with `chmod`, or name another file.",
  EROFS: "it lies on a disk that is read-only. Name another place.",
  ENOENT: "its folder does not exist. Make the folder first.",
  ENOTDIR: "a part of its path is a file, not a folder. Correct the path.",
  EISDIR: "it is a folder. Name a file.",
  ENOSPC: "the disk is full. Make room first.",
  ELOOP: "its links lead in a circle. Name the file itself.",
  ENAMETOOLONG: "its name is too long. Choose a shorter one.",
};

/** What the system refuses as a {@link UsageError} that begins with `failed`; anything else as it is. */
export async function attempt<T>(failed: string, doing: Promise<T>): Promise<T> {
  try {
    return await doing;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const cause = CAUSES[code];
    if (cause === undefined) throw error;
    throw new UsageError(`${failed}: ${cause}`);
  }
}
