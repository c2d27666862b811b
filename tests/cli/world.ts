import { dirname } from "node:path";
import type { Engine } from "#grade";
import { dispatch, type Report, type World } from "#cli";
import { createExerciseFiles, createMemoryFiles } from "../course/memory-files.ts";

export interface WorldSetup {
  readonly course?: Readonly<Record<string, string>>;
  readonly user?: Readonly<Record<string, string>>;
  readonly engine?: Engine;
}

/** A world in memory: the small exercise, the user's files by path, and what was written. */
export function createWorld(setup: WorldSetup = {}): World & { readonly written: Map<string, string> } {
  const user = setup.user ?? {};
  const written = new Map<string, string>();
  return {
    written,
    course: createMemoryFiles(setup.course ?? createExerciseFiles()),
    user: {
      kindOf(path) {
        const isFolder = Object.keys(user).some((file) => file.startsWith(`${path}/`));
        return Promise.resolve(path in user ? "file" : isFolder ? "folder" : null);
      },
      readText: (path) => Promise.resolve(user[path] ?? ""),
      list(path) {
        const inside = Object.keys(user).filter((file) => dirname(file) === path);
        return Promise.resolve(inside.map((file) => file.slice(path === "." ? 0 : path.length + 1)));
      },
      writeText(path, text) {
        written.set(path, text);
        return Promise.resolve();
      },
    },
    engine: () =>
      setup.engine === undefined
        ? Promise.reject(new Error("no engine here"))
        : Promise.resolve(setup.engine),
    spell: (texts) =>
      Promise.resolve(
        texts.flatMap(({ file, text }) =>
          text.includes("mispeled") ? [{ word: "mispeled", place: { file, line: 1, column: 1 } }] : [],
        ),
      ),
  };
}

/** Carries out a command line in a world; words are split at spaces. */
export function runCommand(line: string, setup: WorldSetup = {}): Promise<Report> {
  return dispatch(line === "" ? [] : line.split(" "), createWorld(setup));
}
