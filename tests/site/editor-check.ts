import editorTypes from "../../.generated/editor-types.json";
import { COMPILER_OPTIONS } from "../../src/site/editor/compiler-options.ts";
import { learnerTypes } from "../../src/site/editor/learner-types.ts";

/** What the editor underlines. */
export interface Underlined {
  readonly code: number;
  readonly line: number;
  readonly message: string;
}

interface Diagnostic {
  readonly code: number;
  readonly start?: number;
  readonly messageText: string | MessageChain;
}

interface MessageChain {
  readonly messageText: string;
}

interface Model {
  readonly uri: { readonly path: string; toString(): string };
  version: number;
  getValue(): string;
}

/** The editor's own worker, as far as it is used here. */
interface EditorWorker {
  getSyntacticDiagnostics(file: string): Promise<Diagnostic[]>;
  getSemanticDiagnostics(file: string): Promise<Diagnostic[]>;
}

interface WorkerModule {
  readonly TypeScriptWorker: new (
    context: { getMirrorModels(): readonly Model[] },
    options: {
      readonly compilerOptions: typeof COMPILER_OPTIONS;
      readonly extraLibs: Readonly<Record<string, { readonly content: string; readonly version: number }>>;
    },
  ) => EditorWorker;
}

const FILE = "file:///exercises/some/main.ts";
const WORKER = "../../node_modules/monaco-editor/esm/vs/languages/features/typescript/tsWorker.js";

/** The page's editor, with its TypeScript, its options and its types, over one file whose text changes. */
export async function openEditor(): Promise<(text: string) => Promise<readonly Underlined[]>> {
  const { TypeScriptWorker } = (await import(new URL(WORKER, import.meta.url).href)) as WorkerModule;
  let text = "";
  const uri = { path: new URL(FILE).pathname, toString: () => FILE };
  const model: Model = { uri, version: 0, getValue: () => text };
  const extraLibs = Object.fromEntries(
    Object.entries(learnerTypes(editorTypes, "https://example.org/reference/")).map(([path, content]) => [
      path,
      { content, version: 1 },
    ]),
  );
  const worker = new TypeScriptWorker(
    { getMirrorModels: () => [model] },
    { compilerOptions: COMPILER_OPTIONS, extraLibs },
  );
  return async (next) => {
    text = next;
    model.version += 1;
    const found = [
      ...(await worker.getSyntacticDiagnostics(FILE)),
      ...(await worker.getSemanticDiagnostics(FILE)),
    ];
    return found.map(({ code, start = 0, messageText }) => ({
      code,
      line: text.slice(0, start).split("\n").length,
      message: typeof messageText === "string" ? messageText : messageText.messageText,
    }));
  };
}
