/** Owns: the way from TypeScript files to a program, or to everything that is wrong with them. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { parse, type Program as SyntaxTree } from "acorn";
import { type Bundle, bundleProgram, type Bundler } from "./bundle.ts";
import { arrange, unsupported } from "./diagnostics.ts";
import { instrument } from "./instrument.ts";
import { findMissingNames } from "./library-imports.ts";
import { composeMappings } from "./mapping.ts";
import { Origins } from "./origin.ts";
import type { CompileInput, CompileResult, Diagnostic, Program } from "./program.ts";
import { resolveScopes } from "./scope.ts";
import { findUnsupported } from "./unsupported.ts";
import { TOO_DEEP, validateInput } from "./validate.ts";

/**
 * Compiles an exercise's files, or a plain program's, to the code that a guest runs.
 * `bundler` is esbuild-wasm (in a browser: initialised). The same input gives the same bytes everywhere.
 * Mistakes in the files are diagnostics, by file and place; types are not checked.
 */
export async function compile(bundler: Bundler, input: CompileInput): Promise<CompileResult> {
  const problems = validateInput(input);
  if (problems.length > 0) return { ok: false, diagnostics: arrange(problems) };
  const { bundle, diagnostics } = await bundleProgram(bundler, input);
  if (bundle === null) return { ok: false, diagnostics: arrange(diagnostics) };
  try {
    const finished = finish(bundle, input);
    const all = [...diagnostics, ...(finished.ok ? [] : finished.diagnostics)];
    return all.length > 0 ? { ok: false, diagnostics: arrange(all) } : finished;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { ok: false, diagnostics: [TOO_DEEP] };
  }
}

function finish(bundle: Bundle, input: CompileInput): CompileResult {
  const origins = new Origins(bundle.code, bundle.map, { ...input.files, ...input.hidden });
  const tree = parseBundle(bundle.code, origins);
  if ("diagnostic" in tree) return { ok: false, diagnostics: [tree.diagnostic] };
  const scopes = resolveScopes(tree.program);
  const diagnostics = [
    ...findUnsupported(tree.program, origins),
    ...findMissingNames(tree.program, scopes, origins, input.library),
  ];
  if (diagnostics.length > 0) return { ok: false, diagnostics };
  const { editor, sites } = instrument(bundle.code, tree.program, scopes, origins);
  const code = editor.text.toString();
  const program: Program = {
    code,
    hash: bytesToHex(sha256(utf8ToBytes(code))),
    sites: sites.list,
    hidden: Object.keys(input.hidden ?? {}),
    mappings: composeMappings(editor, origins),
    sources: origins.sources,
  };
  return { ok: true, program };
}

/** What the bundler passes on and the parser refuses is newer than the language of this course: decorators, for one. */
function parseBundle(code: string, origins: Origins): { program: SyntaxTree } | { diagnostic: Diagnostic } {
  try {
    return { program: parse(code, { ecmaVersion: "latest", sourceType: "module" }) };
  } catch (error) {
    if (!(error instanceof SyntaxError) || !("pos" in error) || typeof error.pos !== "number") throw error;
    if (error.message.startsWith("Not enough stack")) return { diagnostic: TOO_DEEP };
    const message =
      code[error.pos] === "@" ? "decorators do not exist here" : "this syntax does not exist here";
    return {
      diagnostic: unsupported(message, "Use plain functions and classes instead.", origins.place(error.pos)),
    };
  }
}
