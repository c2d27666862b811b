import { fileURLToPath } from "node:url";
import type { Loader } from "astro/loaders";
import { createNodeEngine, createNodeFiles, exampleId, findExamples, recordExample } from "#build";

/**
 * Executes the program of every `<Example>` once while the site is built, so that a page shows what it really
 * prints and when, without JavaScript.
 */
export function exampleLoader(): Loader {
  return {
    name: "examples",
    async load({ config, store, watcher }) {
      const root = fileURLToPath(config.root);
      const engine = await createNodeEngine();
      const loadAll = async () => {
        const codes = await readExamples(root);
        store.clear();
        for (const code of codes) {
          store.set({ id: exampleId(code), data: { recording: await recordExample(engine, code) } });
        }
      };
      await loadAll();
      watcher?.on("change", (file) => {
        if (file.startsWith(`${root}content`) && file.endsWith(".mdx")) void loadAll();
      });
    },
  };
}

async function readExamples(root: string): Promise<readonly string[]> {
  const files = createNodeFiles(root);
  const codes: string[] = [];
  for (const part of await files.list("content")) {
    if (!part.endsWith("/")) continue;
    for (const name of await files.list(`content/${part}`)) {
      if (name.endsWith(".mdx"))
        codes.push(...findExamples((await files.readText(`content/${part}${name}`)) ?? ""));
    }
  }
  return codes;
}
