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
}

/** What only the site needs besides, made from the same sources. */
export interface SiteAssetPaths {
  readonly editorTypesPath: string;
  readonly referencePath: string;
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
  };
  await ensureWasm(paths.wasmPath, options);
  await ensureGuest(paths);
  return paths;
}

/** Makes the editor's types and the API reference where they are missing or out of date; takes some seconds then. */
export async function ensureSiteAssets({ onProgress }: AssetOptions = {}): Promise<SiteAssetPaths> {
  await mkdir(OUT, { recursive: true });
  const paths: SiteAssetPaths = {
    editorTypesPath: join(OUT, "editor-types.json"),
    referencePath: join(OUT, "reference.json"),
  };
  const key = hashOf([...(await readAll(DOCUMENTED)), await readFile(join(ROOT, "package-lock.json"))]);
  if ((await readOr(`${paths.referencePath}.key`, "")) === key) return paths;
  onProgress?.("Reading the library's documentation …");
  const [{ emitEditorTypes }, { makeReference }, { linkHovers }] = await Promise.all([
    import("./editor-types.ts"),
    import("./reference.ts"),
    import("./reference-hovers.ts"),
  ]);
  const declarations = emitEditorTypes(ROOT);
  const reference = await makeReference(ROOT, declarations);
  await replace(paths.referencePath, JSON.stringify(reference));
  await replace(paths.editorTypesPath, JSON.stringify(linkHovers(declarations, reference)));
  await writeFile(`${paths.referencePath}.key`, key);
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

/** What the guest library is made from. */
const GUEST_INPUTS = ["src/guest", "src/abi", "src/base", "src/build/guest-bundle.ts"];

/** What the editor's types and the reference are made from. */
const DOCUMENTED = [
  ...GUEST_INPUTS,
  "src/build/editor-types.ts",
  "src/build/reference.ts",
  "src/build/reference-comments.ts",
  "src/build/reference-hovers.ts",
  "src/build/reference-model.ts",
  "src/build/reference-modules.ts",
  "src/build/reference-signatures.ts",
];

/** The makers are loaded only when something must be made: they bring a bundler or the TypeScript compiler along. */
async function ensureGuest(paths: AssetPaths): Promise<void> {
  const key = hashOf([...(await readAll(GUEST_INPUTS)), await readFile(join(ROOT, "package-lock.json"))]);
  if ((await readOr(`${paths.guestPath}.key`, "")) === key) return;
  const { bundleGuest } = await import("./guest-bundle.ts");
  const { code, exports } = await bundleGuest(ROOT);
  await replace(paths.guestPath, code);
  await replace(paths.libraryPath, JSON.stringify({ exports }));
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

if (import.meta.main) {
  const onProgress = (message: string) => void process.stderr.write(`${message}\n`);
  await ensureAssets({ onProgress });
  await ensureSiteAssets({ onProgress });
}
