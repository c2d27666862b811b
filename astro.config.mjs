import { defineConfig } from "astro/config";
import mdx from "@astrojs/mdx";
import preact from "@astrojs/preact";
import { lazyStyles } from "./src/site/integrations/lazy-styles.ts";
import { browserOnly } from "./src/site/integrations/browser-only.ts";
import { contentSecurity } from "./src/site/integrations/content-security.ts";
import { referenceLinks } from "./src/site/integrations/reference-links.ts";
import { CODE_THEMES } from "./src/site/code-themes.ts";

export default defineConfig({
  srcDir: "./src/site",
  outDir: "./dist",
  trailingSlash: "always",
  // The default, "jsx", drops the line breaks between inline elements, and with them the spaces.
  compressHTML: true,
  devToolbar: { enabled: false },
  integrations: [mdx(), preact(), referenceLinks(), contentSecurity()],
  markdown: {
    shikiConfig: {
      themes: CODE_THEMES,
      defaultColor: "light-dark()",
    },
  },
  vite: {
    plugins: [browserOnly(), lazyStyles()],
    worker: { format: "es" },
    // What the worker imports is found too late otherwise: the dev server would reload the page in the middle of a check.
    optimizeDeps: {
      include: [
        "@jridgewell/trace-mapping",
        "@noble/hashes/sha2.js",
        "@noble/hashes/utils.js",
        "@preact/signals",
        "acorn",
        "esbuild-wasm/esm/browser",
        "magic-string",
      ],
    },
    build: {
      // Inline scripts and data: URLs would each need a hole in the content security policy.
      assetsInlineLimit: 0,
      // Monaco and its TypeScript worker are megabytes by nature; they load when the editor is wanted.
      chunkSizeWarningLimit: 8000,
      rolldownOptions: {
        onLog(level, log, handle) {
          // Every compiled MDX file starts with a directive that only Astro reads.
          if (log.code === "MODULE_LEVEL_DIRECTIVE") return;
          handle(level, log);
        },
      },
    },
  },
});
