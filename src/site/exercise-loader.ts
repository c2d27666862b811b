import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Loader } from "astro/loaders";
import type { CheckBundle } from "#worker";
import { listExercises, loadExercise, type Exercise, type Problem, type TextFiles } from "#course";

/**
 * Loads the exercise folders: what a page shows, and apart from it what is fetched only when it is asked for, checks
 * and solution. What must not reach the built site (wrong answers, private checks) is left out here, once.
 */
export function exerciseLoader(): Loader {
  return {
    name: "exercises",
    async load({ config, store, parseData, generateDigest, watcher }) {
      const root = fileURLToPath(config.root);
      const files = diskFiles(root);
      const loadAll = async () => {
        store.clear();
        for (const slug of await listExercises(files)) {
          const loaded = await loadExercise(files, slug);
          if (!loaded.ok) throw new Error(describeProblems(slug, loaded.problems));
          const data = await parseData({ id: slug, data: shownPart(loaded.value) });
          store.set({ id: slug, data, digest: generateDigest(data) });
        }
      };
      await loadAll();
      watcher?.on("change", (file) => {
        if (file.startsWith(`${root}exercises`)) void loadAll();
      });
    },
  };
}

function shownPart(exercise: Exercise): Record<string, unknown> {
  const { slug, version, title, summary, minutes, difficulty, hints, files, starter, demo, solution } =
    exercise;
  const texts = Object.fromEntries(files.map((file) => [file, starter[file] ?? ""]));
  const facts = { slug, version, title, summary, minutes, difficulty, hints };
  return { ...facts, starter: { ...texts, "demo.ts": demo }, checks: toBundle(exercise), solution };
}

function toBundle(exercise: Exercise): CheckBundle {
  const { slug, files, exports, budget, points, hintsFor, checks } = exercise;
  return { slug, files, exports, budget, points, hintsFor, checks };
}

function diskFiles(root: string): TextFiles {
  return {
    readText: (path) => readFile(`${root}${path}`, "utf8").catch(() => null),
    async list(dir) {
      const entries = await readdir(`${root}${dir}`, { withFileTypes: true }).catch(() => []);
      return entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)).sort();
    },
  };
}

function describeProblems(slug: string, problems: readonly Problem[]): string {
  const lines = problems.map(({ file, field, message, remedy }) =>
    [`  ${file}${field === "" ? "" : ` (${field})`}: ${message} ${remedy}`].join(""),
  );
  return `The exercise ${slug} cannot be shown:\n${lines.join("\n")}`;
}
