import type { Loader } from "astro/loaders";
import { readReference } from "#build";

/** The modules of the API reference, by specifier. */
export function referenceLoader(): Loader {
  return {
    name: "reference",
    async load({ store }) {
      const { modules } = await readReference();
      store.clear();
      modules.forEach((module, position) => store.set({ id: module.specifier, data: { module, position } }));
    },
  };
}
