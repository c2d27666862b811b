/**
 * Owns: one bundler run over the virtual files, and the bundler's messages in our words.
 * A refused import is marked external, so that the bundle is still made and its other mistakes are found as well.
 */
import type { BuildFailure, BuildResult, Location, Message, Plugin } from "esbuild-wasm";
import { formatPlace, type Place } from "#abi";
import { at, missingExport, noSuchExport, unsupported } from "./diagnostics.ts";
import { type Namespace, resolveImport } from "./imports.ts";
import { columnOfByte } from "./lines.ts";
import { hintFor } from "./syntax-hints.ts";
import type { CompileInput, Diagnostic } from "./program.ts";

/** The part of esbuild-wasm's API that compiling needs; its Node and browser builds both have it. */
export type Bundler = Pick<typeof import("esbuild-wasm"), "build">;

export interface Bundle {
  readonly code: string;
  /** Source map, version 3, as JSON. */
  readonly map: string;
}

export interface BundleResult {
  readonly bundle: Bundle | null;
  readonly diagnostics: readonly Diagnostic[];
}

const PLUGIN = "virtual-files";

/** Exported under these names from the virtual entry: the exports that an exercise requires. */
export const REQUIRED_EXPORT = /^\$r\d+$/;

const NO_REQUIRE = unsupported(
  "`require` does not exist here",
  "Write `import { … } from` at the top of the file.",
  null,
);

/** Said of a file without a single export, as a warning only. */
const NO_EXPORTS = /^Import "(.*)" will always be undefined because the file "\w+:(.*)" has no exports$/;

/** Exports that are missing, by file: the next bundler run adds them, to find the other mistakes. */
type Missing = Map<string, Set<string>>;

/** Bundles the program. With diagnostics, `bundle` is there for looking for more of them only. */
export async function bundleProgram(bundler: Bundler, input: CompileInput): Promise<BundleResult> {
  const missing: Missing = new Map();
  const diagnostics: Diagnostic[] = [];
  for (;;) {
    const { result, errors, warnings } = await build(bundler, input, missing);
    const missingBefore = countMissing(missing);
    for (const error of errors) diagnostics.push(...describe(input, error, missing));
    const isFinal = result !== null || countMissing(missing) === missingBefore;
    if (!isFinal) continue;
    for (const warning of warnings)
      if (isOurs(warning) || NO_EXPORTS.test(warning.text))
        diagnostics.push(...describe(input, warning, missing));
    return { bundle: result === null ? null : readBundle(result), diagnostics };
  }
}

interface Built {
  readonly result: BuildResult<{ write: false }> | null;
  readonly errors: readonly Message[];
  readonly warnings: readonly Message[];
}

async function build(bundler: Bundler, input: CompileInput, missing: Missing): Promise<Built> {
  try {
    const result = await bundler.build({
      entryPoints: ["entry"],
      plugins: [virtualFiles(input, missing)],
      outfile: "program.js",
      write: false,
      bundle: true,
      format: "esm",
      target: "esnext",
      platform: "neutral",
      charset: "utf8",
      sourcemap: "external",
      sourcesContent: false,
      treeShaking: false,
      legalComments: "none",
      logLevel: "silent",
      tsconfigRaw: { compilerOptions: { useDefineForClassFields: true, verbatimModuleSyntax: false } },
    });
    return { result, errors: result.errors, warnings: result.warnings };
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    return { result: null, errors: error.errors, warnings: error.warnings };
  }
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return (
    error instanceof Error && "errors" in error && Array.isArray(error.errors) && error.errors.length > 0
  );
}

function readBundle(result: BuildResult<{ write: false }>): Bundle {
  const textOf = (ending: string): string => {
    const file = result.outputFiles.find(({ path }) => path.endsWith(ending));
    if (file === undefined) throw new Error(`the bundler wrote no ${ending} file`);
    return file.text;
  };
  return { code: textOf(".js"), map: textOf(".js.map") };
}

function virtualFiles(input: CompileInput, missing: Missing): Plugin {
  return {
    name: PLUGIN,
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path, importer, namespace, kind }) => {
        if (kind === "entry-point") return { path, namespace: "entry" };
        if (namespace === "entry")
          return { path, namespace: Object.hasOwn(input.files, path) ? "learner" : "hidden" };
        if (kind === "require-call") return { path, external: true, warnings: [{ detail: NO_REQUIRE }] };
        if (kind !== "import-statement") return { path, external: true };
        const resolution = resolveImport(input, path, importer, namespace as Namespace);
        if (resolution.kind === "file") return { path: resolution.path, namespace: resolution.namespace };
        if (resolution.kind === "library") return { path, external: true };
        return { path, external: true, warnings: [{ detail: resolution.diagnostic }] };
      });
      build.onLoad({ filter: /.*/, namespace: "entry" }, () => ({
        contents: entryText(input, missing),
        loader: "js",
      }));
      build.onLoad({ filter: /.*/, namespace: "learner" }, ({ path }) => ({
        contents: input.files[path]! + addedExports(missing.get(path)),
        loader: "ts",
      }));
      build.onLoad({ filter: /.*/, namespace: "hidden" }, ({ path }) => ({
        contents: input.hidden![path]! + addedExports(missing.get(path)),
        loader: "ts",
      }));
    },
  };
}

/** Everything the entry file exports, and the required exports under names of our own. */
function entryText({ entry, exports }: CompileInput, missing: Missing): string {
  const required = (exports?.names ?? [])
    .map((name, i) => ({ name, i }))
    .filter(({ name }) => !missing.get(exports!.file)?.has(name))
    .map(({ name, i }) => `${JSON.stringify(name)} as $r${i}`);
  const list =
    required.length === 0 ? "" : `export { ${required.join(", ")} } from ${JSON.stringify(exports!.file)};`;
  return `export * from ${JSON.stringify(entry)};\n${list}`;
}

function addedExports(names: ReadonlySet<string> | undefined): string {
  if (names === undefined) return "";
  return [...names].map((name, i) => `\nvar $m${i}; export { $m${i} as ${JSON.stringify(name)} };`).join("");
}

function countMissing(missing: Missing): number {
  let count = 0;
  for (const names of missing.values()) count += names.size;
  return count;
}

/** True for a diagnostic that our plugin handed to the bundler for its place. */
function isOurs(message: Message): boolean {
  return message.pluginName === PLUGIN;
}

/** One message of the bundler as diagnostics; notes missing exports in `missing`. */
function describe(input: CompileInput, message: Message, missing: Missing): Diagnostic[] {
  const place = placeOf(message.location);
  if (isOurs(message)) return [{ ...(message.detail as Diagnostic), ...at(place) }];
  const empty = NO_EXPORTS.exec(message.text);
  if (empty !== null) return describeMissingExport(input, message, missing, empty[2]!, empty[1]!);
  const export_ = /^No matching export in "(\w+):(.*)" for import "(.*)"$/.exec(message.text);
  if (export_ !== null) return describeMissingExport(input, message, missing, export_[2]!, export_[3]!);
  if (/"await"|top-level await/i.test(message.text)) {
    return [
      unsupported(message.text, "Write `function*` for `async function` and `yield*` for `await`.", place),
    ];
  }
  const hint = hintFor(message, noteOf(message));
  const text = message.text.replace(/ here:$/, " here");
  return [{ kind: "syntax", message: text, ...(hint ? { hint } : {}), ...at(place) }];
}

function describeMissingExport(
  input: CompileInput,
  message: Message,
  missing: Missing,
  file: string,
  name: string,
): Diagnostic[] {
  const names = missing.get(file) ?? new Set();
  missing.set(file, names.add(name));
  const importer = message.location?.file ?? "";
  // An author's check that imports what the learner's file lacks is the learner's mistake, not the author's.
  if (!importer.startsWith("learner:") && Object.hasOwn(input.files, file))
    return [missingExport(file, name, /^\s*export\s+default\b/m.test(input.files[file] ?? ""))];
  const suggestion = /^Did you mean to import "(.*)" instead/.exec(message.notes[0]?.text ?? "")?.[1];
  return [noSuchExport(file, name, { suggestion }, placeOf(message.location))];
}

/** What the bundler adds to a message; it points to a place after a colon. */
function noteOf({ notes: [note] }: Message): string | undefined {
  const place = placeOf(note?.location ?? null);
  return place === null || !note!.text.endsWith(":") ? note?.text : `${note!.text} ${formatPlace(place)}`;
}

function placeOf(location: Location | null): Place | null {
  if (location === null || location.file.startsWith("entry:")) return null;
  return {
    file: location.file.replace(/^\w+:/, ""),
    line: location.line,
    column: columnOfByte(location.lineText, location.column) + 1,
  };
}
