import { readFile } from "node:fs/promises";
import type { AstroIntegration } from "astro";
import type { Reference } from "#build";
import { linkNames, type TextPlugin } from "../reference/link-names.ts";

/** Lets the names of the library in lessons lead to the API reference. */
export function referenceLinks(): AstroIntegration {
  return {
    name: "reference-links",
    hooks: {
      "astro:config:setup": async ({ config }) => {
        const text = await readFile(new URL(".generated/reference.json", config.root), "utf8");
        const { modules } = JSON.parse(text) as Reference;
        const home = `${config.base.replace(/\/$/, "")}/reference/`;
        const options = config.markdown.processor?.options as { mdastPlugins?: TextPlugin[] } | undefined;
        if (options?.mdastPlugins === undefined)
          throw new Error(
            "The Markdown processor takes no plugins; reference-links was written for Sätteri's",
          );
        options.mdastPlugins.push(linkNames(modules, home));
      },
    },
  };
}
