import { join } from "node:path";
import ts from "typescript";
import { LIBRARY_SOURCES } from "./guest-bundle.ts";

/**
 * The editor's types, from the guest sources themselves: declaration files by virtual path, plus one file that
 * maps every specifier (`std/thread`) to its declarations.
 */
export function emitEditorTypes(root: string): Record<string, string> {
  const configPath = join(root, "src/guest/tsconfig.json");
  const config = ts.parseJsonConfigFileContent(
    ts.readConfigFile(configPath, (path) => ts.sys.readFile(path)).config,
    ts.sys,
    join(root, "src/guest"),
  );
  const options: ts.CompilerOptions = {
    ...config.options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    stripInternal: true,
    outDir: "/types",
    rootDir: join(root, "src"),
    declarationMap: false,
    composite: false,
    incremental: false,
    rewriteRelativeImportExtensions: false,
  };
  const program = ts.createProgram(
    Object.values(LIBRARY_SOURCES).map((path) => join(root, path)),
    options,
  );
  const files: Record<string, string> = {};
  program.emit(
    undefined,
    (path, text) => {
      files[`file://${path.replaceAll('.ts"', '"')}`] = text
        .replaceAll(/(from "[^"]+)\.ts"/g, '$1"')
        .replaceAll(/(import\("[^"]+)\.ts"/g, '$1"');
    },
    undefined,
    true,
  );
  for (const [specifier, path] of Object.entries(LIBRARY_SOURCES)) {
    // Relative: the editor knows its files by address, and a path from the root is none.
    const up = "../".repeat(specifier.split("/").length);
    const declarations = `${up}types/${path.replace("src/", "").replace(".ts", "")}`;
    files[`file:///node_modules/${specifier}.d.ts`] = `export * from "${declarations}";\n`;
  }
  files["file:///types/globals.d.ts"] = GLOBALS;
  return files;
}

const GLOBALS = `/** Prints a line, with the virtual time and the thread's name beside it. */
declare const console: { log(...values: unknown[]): void };
/** A deep copy of plain data, as values that go to another thread are copied. */
declare function structuredClone<T>(value: T): T;
/** Text to UTF-8 bytes. A lone surrogate becomes U+FFFD. */
declare class TextEncoder {
  readonly encoding: string;
  encode(text?: string): Uint8Array<ArrayBuffer>;
  /** Writes as many whole characters as fit. */
  encodeInto(text: string, into: Uint8Array): { read: number; written: number };
}
/** UTF-8 bytes to text. With \`stream\` a character that is cut at the end waits for its rest in the next call. */
declare class TextDecoder {
  /** \`fatal\`: throw at bytes that are no UTF-8, instead of putting U+FFFD there. */
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  readonly encoding: string;
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
  decode(input?: ArrayBuffer | ArrayBufferView, options?: { stream?: boolean }): string;
}
`;
