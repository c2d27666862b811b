import { readFile } from "node:fs/promises";
import { ensureSiteAssets } from "./assets.ts";
import type { Reference } from "./reference-model.ts";

/** The API reference, made anew where the library's sources have changed. */
export async function readReference(): Promise<Reference> {
  const { referencePath } = await ensureSiteAssets();
  return JSON.parse(await readFile(referencePath, "utf8")) as Reference;
}
