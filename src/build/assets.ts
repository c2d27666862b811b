import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { CARD_SHIFT, CARDS } from "#vm";
import { ASYNCIFY_FLAGS, asyncify, QUICKJS_WASM, WASM_OPT } from "./asyncify.ts";

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
  const makers = await Promise.all([QUICKJS_WASM, WASM_OPT, ...WASM_MAKERS].map((path) => readFile(path)));
  const key = hashOf([...makers, `${CARDS} ${CARD_SHIFT}`, ASYNCIFY_FLAGS.join(" ")]);
  if ((await readOr(`${wasmPath}.key`, "")) === key) return;
  onProgress?.("Preparing the simulated computer (once, about 25 seconds) …");
  const draft = `${wasmPath}.${process.pid}`;
  await asyncify(draft);
  await rename(draft, wasmPath);
  await writeFile(`${wasmPath}.key`, key);
}

/** How the module is changed. */
const WASM_MAKERS = ["card-marking.ts", "suspending-functions.ts", "wasm-text.ts"].map((name) =>
  join(ROOT, "src/build", name),
);

/** What the guest library and the editor's types are made from. */
const GUEST_INPUTS = [
  "src/guest",
  "src/abi",
  "src/base",
  "src/build/guest-bundle.ts",
  "src/build/editor-types.ts",
];

/** The makers are loaded only when something must be made: they bring the TypeScript compiler along. */
async function ensureGuest(paths: AssetPaths): Promise<void> {
  const key = hashOf([...(await readAll(GUEST_INPUTS)), await readFile(join(ROOT, "package-lock.json"))]);
  if ((await readOr(`${paths.guestPath}.key`, "")) === key) return;
  const [{ bundleGuest }, { emitEditorTypes }] = await Promise.all([
    import("./guest-bundle.ts"),
    import("./editor-types.ts"),
  ]);
  const { code, exports } = await bundleGuest(ROOT);
  await replace(paths.guestPath, code);
  await replace(paths.libraryPath, JSON.stringify({ exports }));
  await replace(paths.editorTypesPath, JSON.stringify(emitEditorTypes(ROOT)));
  await writeFile(`${paths.guestPath}.key`, key);
}

/** Names and texts of all files at or below `roots`, in a fixed order. */
async function readAll(roots: readonly string[]): Promise<string[]> {
  const texts: string[] = [];
  for (const root of roots) {
    const below = root.endsWith(".ts") ? [""] : await readdir(join(ROOT, root), { recursive: true });
    for (const name of below.filter((path) => path === "" || path.endsWith(".ts")).sort())
      texts.push(name, await readFile(join(ROOT, root, name), "utf8"));
  }
  return texts;
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
