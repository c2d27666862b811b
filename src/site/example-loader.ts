import { fileURLToPath } from "node:url";
import type { Loader } from "astro/loaders";
import {
  createNodeEngine,
  createNodeFiles,
  readReference,
  recordLessons,
  recordReference,
  type Recordings,
} from "#build";

/**
 * Executes the programs of all lessons and of the reference once while the site is built, so that a page shows what
 * they really print and when, without JavaScript, and says nothing of them that is not true.
 */
export function exampleLoader(): Loader {
  return {
    name: "examples",
    async load({ config, store, watcher }) {
      const root = fileURLToPath(config.root);
      const engine = await createNodeEngine();
      const recordings: Recordings = new Map();
      await recordReference(engine, await readReference(), recordings);
      const loadAll = async () => {
        await recordLessons(engine, createNodeFiles(root), recordings);
        store.clear();
        for (const [id, recording] of recordings) store.set({ id, data: { recording } });
      };
      await loadAll();
      watcher?.on("change", (file) => {
        if (file.startsWith(`${root}content`) && file.endsWith(".mdx")) void loadAll();
      });
    },
  };
}
