import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { COMPILER_OPTIONS } from "../../src/site/editor/compiler-options.ts";
import { root } from "./source-files.ts";

/** The library as the page's editor sees it, by path: what `npm run assets` wrote. */
function editorTypes(): ReadonlyMap<string, string> {
  const text = readFileSync(join(root, ".generated/editor-types.json"), "utf8");
  const types = JSON.parse(text) as Readonly<Record<string, string>>;
  return new Map(
    Object.entries(types).map(([uri, source]) => [
      uri.startsWith("file://") ? uri.slice("file://".length) : `/node_modules/${uri}`,
      source,
    ]),
  );
}

const types = editorTypes();
const checkTypes = [...types.keys()].find((path) => path.endsWith("/check.d.ts")) ?? "";

/** What the page's editor knows: the language, and the course's own modules in place of a DOM or Node. */
const LEARNER_OPTIONS: ts.CompilerOptions = {
  ...COMPILER_OPTIONS,
  skipLibCheck: true,
  // The editor offers `check` to nobody; hidden checks import it.
  paths: { check: [checkTypes] },
};

/** One set of files that the checks are run against: the starter, a solution or a wrong answer. */
export interface Variant {
  readonly exercise: string;
  /** `starter`, `solution`, `wrong/<name>`, or `other design` for what is in tests/solutions. */
  readonly name: string;
  /** Where its files are, from the root. */
  readonly folder: string;
}

function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
}

/** Every variant of every exercise below `exercises/`. */
export function findVariants(): Variant[] {
  const exercises = join(root, "exercises");
  return foldersIn(exercises).flatMap((exercise) => {
    const wrong = foldersIn(join(exercises, exercise, "wrong")).map((name) => `wrong/${name}`);
    const shown = ["starter", "solution", ...wrong].map((name) => ({
      exercise,
      name,
      folder: join("exercises", exercise, name),
    }));
    const other = join("tests/solutions", exercise);
    return existsSync(join(root, other))
      ? [...shown, { exercise, name: "other design", folder: other }]
      : shown;
  });
}

const parsed = new Map<string, ts.SourceFile | undefined>();

/** A host that has the library's types beside the disk, and keeps every parsed file: all variants share them. */
function sharedHost(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const disk = { ...host };
  host.fileExists = (path) => types.has(path) || disk.fileExists(path);
  host.readFile = (path) => types.get(path) ?? disk.readFile(path);
  host.directoryExists = (path) =>
    [...types.keys()].some((one) => one.startsWith(`${path}/`)) || disk.directoryExists?.(path) === true;
  host.getSourceFile = (path, ...rest) => {
    const text = types.get(path);
    if (!parsed.has(path)) {
      parsed.set(
        path,
        text === undefined ? disk.getSourceFile(path, ...rest) : ts.createSourceFile(path, text, rest[0]),
      );
    }
    return parsed.get(path);
  };
  return host;
}

/**
 * Type errors of a variant, with the exercise's `demo.ts` and `checks.ts`, as `path:line: message`. `./main` is looked
 * for in the variant's folder, then among the solution's files, as a wrong answer may hold only what it changes.
 */
export function findTypeErrors(variant: Variant): string[] {
  const folder = join(root, "exercises", variant.exercise);
  const own = join(root, variant.folder);
  const files = [
    ...readdirSync(own).map((name) => join(own, name)),
    ...["demo.ts", "checks.ts"].map((name) => join(folder, name)),
  ].filter((file) => file.endsWith(".ts"));
  return findErrorsIn(files, { rootDirs: [folder, own, join(folder, "solution")] });
}

/** Type errors that the page's editor would show in `files`, as `path:line: message`. */
export function findErrorsIn(files: readonly string[], more: ts.CompilerOptions = {}): string[] {
  const options = { ...LEARNER_OPTIONS, ...more };
  const program = ts.createProgram([...types.keys(), ...files], options, sharedHost(options));
  return files.flatMap((file) => {
    const source = program.getSourceFile(file);
    if (source === undefined) return [`${relative(root, file)}:1: cannot be read`];
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      (found) => {
        const line = source.getLineAndCharacterOfPosition(found.start ?? 0).line + 1;
        return `${relative(root, file)}:${line}: ${ts.flattenDiagnosticMessageText(found.messageText, " ")}`;
      },
    );
  });
}
