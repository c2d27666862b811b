import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ASYNCIFY_FLAGS, asyncify, QUICKJS_WASM, WASM_OPT } from "./asyncify.ts";
import { emitEditorTypes } from "./editor-types.ts";
import { bundleGuest } from "./guest-bundle.ts";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
const OUT = join(ROOT, ".generated");

/** What the engine needs and nobody commits, made from sources by content. */
export interface AssetPaths {
  readonly wasmPath: string;
  readonly guestPath: string;
  readonly libraryPath: string;
  readonly editorTypesPath: string;
}

export interface AssetOptions {
  /** Told once before work that takes seconds. */
  readonly onProgress?: (message: string) => void;
}

/** Makes what is missing or out of date in `.generated/`; quick where nothing is. */
export async function ensureAssets(options: AssetOptions = {}): Promise<AssetPaths> {
  await mkdir(OUT, { recursive: true });
  const paths: AssetPaths = {
    wasmPath: join(OUT, "vm.wasm"),
    guestPath: join(OUT, "guest.js"),
    libraryPath: join(OUT, "library.json"),
    editorTypesPath: join(OUT, "editor-types.json"),
  };
  await ensureWasm(paths.wasmPath, options);
  await ensureGuest(paths);
  return paths;
}

async function ensureWasm(wasmPath: string, { onProgress }: AssetOptions): Promise<void> {
  const key = hashOf([await readFile(QUICKJS_WASM), await readFile(WASM_OPT), ASYNCIFY_FLAGS.join(" ")]);
  if ((await readOr(`${wasmPath}.key`, "")) === key) return;
  onProgress?.("Preparing the simulated computer (once, about 15 seconds) …");
  const draft = `${wasmPath}.${process.pid}`;
  await asyncify(draft);
  await rename(draft, wasmPath);
  await writeFile(`${wasmPath}.key`, key);
}

async function ensureGuest(paths: AssetPaths): Promise<void> {
  const { code, exports, inputs } = await bundleGuest(ROOT);
  const key = hashOf([code, ...inputs]);
  if ((await readOr(`${paths.guestPath}.key`, "")) === key) return;
  await replace(paths.guestPath, code);
  await replace(paths.libraryPath, JSON.stringify({ exports }));
  await replace(paths.editorTypesPath, JSON.stringify(emitEditorTypes(ROOT)));
  await writeFile(`${paths.guestPath}.key`, key);
}

/** Writes whole or not at all: another process may be reading. */
async function replace(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, text);
  await rename(draft, path);
}

function hashOf(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest("hex");
}

async function readOr(path: string, fallback: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return fallback;
  }
}

if (import.meta.main) await ensureAssets({ onProgress: (message) => process.stderr.write(`${message}\n`) });
