import * as esbuild from "esbuild-wasm";

export interface GuestBundle {
  /** One strict script. */
  readonly code: string;
  /** What each module offers, for compile-time errors: `{ "std/thread": ["JoinHandle", …] }`. */
  readonly exports: Readonly<Record<string, readonly string[]>>;
}

/** Module specifiers and the sources behind them. `check` is for authors only. */
export const LIBRARY_SOURCES: Readonly<Record<string, string>> = {
  "std/thread": "src/guest/std/thread.ts",
  "std/sync": "src/guest/std/sync.ts",
  "std/time": "src/guest/std/time.ts",
  "std/cpu": "src/guest/std/cpu.ts",
  "std/net": "src/guest/std/net.ts",
  "std/fs": "src/guest/std/fs.ts",
  rt: "src/guest/rt/rt.ts",
  "rt/sync": "src/guest/rt/sync.ts",
  "rt/time": "src/guest/rt/time.ts",
  "rt/task": "src/guest/rt/task.ts",
  "rt/stream": "src/guest/rt/stream.ts",
  "rt/net": "src/guest/rt/net.ts",
  "rt/fs": "src/guest/rt/fs.ts",
  "std/assert": "src/guest/std/assert.ts",
  world: "src/guest/world/world.ts",
  check: "src/guest/check/check.ts",
};

/** Exports of the check module that only the library's entry may use. */
const INTERNAL = new Set(["listChecks", "runCheck"]);

/** Bundles the guest library and lists what its modules export. */
export async function bundleGuest(root: string): Promise<GuestBundle> {
  const result = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ["src/guest/library.ts"],
    bundle: true,
    write: false,
    format: "iife",
    target: "esnext",
    platform: "neutral",
    legalComments: "none",
    // For its comments, a third of what the browser would download.
    minifyWhitespace: true,
    logLevel: "silent",
    banner: { js: '"use strict";' },
  });
  return { code: result.outputFiles[0]?.text ?? "", exports: await listExports(root) };
}

async function listExports(root: string): Promise<Record<string, readonly string[]>> {
  const lists: Record<string, readonly string[]> = {};
  for (const [specifier, path] of Object.entries(LIBRARY_SOURCES)) {
    const one = await esbuild.build({
      absWorkingDir: root,
      entryPoints: [path],
      bundle: true,
      write: false,
      format: "esm",
      metafile: true,
      outdir: "unused",
      logLevel: "silent",
    });
    const [output] = Object.values(one.metafile.outputs);
    lists[specifier] = (output?.exports ?? []).filter((name) => !INTERNAL.has(name)).sort();
  }
  return lists;
}
