import type { Plugin } from "vite";

/**
 * Keeps style sheets that only a dynamic import brings (the editor's) in the built site. Astro drops a sheet that
 * belongs to no page, unless some chunk lists it among its assets.
 */
export function lazyStyles(): Plugin {
  return {
    name: "lazy-styles",
    enforce: "pre",
    generateBundle: {
      order: "pre",
      handler(_options, bundle) {
        if (this.environment.name !== "client") return;
        for (const chunk of Object.values(bundle)) {
          if (chunk.type !== "chunk") continue;
          for (const sheet of chunk.viteMetadata?.importedCss ?? []) {
            chunk.viteMetadata?.importedAssets.add(sheet);
          }
        }
      },
    },
  };
}
