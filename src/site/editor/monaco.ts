/**
 * The full editor. Load it by a dynamic import only: it brings megabytes of script and its style sheet.
 */
import * as monaco from "monaco-editor/editor";
import "monaco-editor/features/register.all";
import "monaco-editor/languages/definitions/typescript/register";
import { language } from "monaco-editor/languages/definitions/typescript/typescript";
import * as typescript from "monaco-editor/languages/features/typescript/register";
import EditorWorker from "monaco-editor/editor/editor.worker?worker";
import TypeScriptWorker from "monaco-editor/language/typescript/ts.worker?worker";
import editorTypes from "../../../.generated/editor-types.json";
import { hasCommandKey } from "../exercise/words.ts";
import { referenceHref } from "../links.ts";
import { onThemeChange, shownTheme } from "../theme.ts";
import { COMPILER_OPTIONS } from "./compiler-options.ts";
import { learnerTypes } from "./learner-types.ts";
import { defineThemes, themeName } from "./themes.ts";

/** What the page needs of an editor. */
export interface Editor {
  show(file: string): void;
  /** Replaces a file's text as one undoable edit; does nothing where it is the same already. */
  write(file: string, text: string): void;
  mark(mark: EditorMark | undefined): void;
  focus(): void;
  dispose(): void;
}

export interface EditorMark {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly kind: "step" | "mistake";
}

export interface EditorOptions {
  readonly host: HTMLElement;
  readonly slug: string;
  readonly label: string;
  readonly files: Readonly<Record<string, string>>;
  readonly open: string;
  readonly onEdit: (file: string, text: string) => void;
  readonly onRun: () => void;
  /** Absent where there is nothing to check. */
  readonly onCheck?: () => void;
}

self.MonacoEnvironment = {
  getWorker: (_id: string, label: string) =>
    label === "typescript" ? new TypeScriptWorker() : new EditorWorker(),
};

let prepared = false;

/** Types and themes are the editor's globals: set once a page. */
function prepare(): void {
  if (prepared) return;
  prepared = true;
  defineThemes(monaco.editor);
  // Newer than the editor's grammar.
  if (!language.keywords.includes("using")) language.keywords.push("using");
  const defaults = typescript.typescriptDefaults;
  defaults.setEagerModelSync(true);
  defaults.setCompilerOptions(COMPILER_OPTIONS);
  // All at once: each change of its own would make the first look at the code a look at half of them.
  const types = Object.entries(learnerTypes(editorTypes, new URL(referenceHref(), location.href).href));
  defaults.setExtraLibs(types.map(([filePath, content]) => ({ filePath, content })));
}

/** Opens an editor on an exercise's files. */
export function openMonaco(options: EditorOptions): Editor {
  prepare();
  const models = new Map<string, monaco.editor.ITextModel>();
  for (const [file, text] of Object.entries(options.files)) {
    const uri = monaco.Uri.parse(`file:///exercises/${options.slug}/${file}`);
    monaco.editor.getModel(uri)?.dispose();
    const model = monaco.editor.createModel(text, "typescript", uri);
    model.updateOptions({
      tabSize: 2,
      insertSpaces: true,
      bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
    });
    model.setEOL(monaco.editor.EndOfLineSequence.LF);
    model.onDidChangeContent(() => options.onEdit(file, model.getValue()));
    models.set(file, model);
  }
  monaco.editor.setTheme(themeName(shownTheme()));
  const editor = createEditor(options, models.get(options.open));
  const endThemes = onThemeChange((theme) => monaco.editor.setTheme(themeName(theme)));
  const marks = editor.createDecorationsCollection();
  return {
    show: (file) => editor.setModel(models.get(file) ?? null),
    write: (file, text) => writeModel(models.get(file), text),
    mark: (mark) => showMark(editor, models, marks, mark),
    focus: () => editor.focus(),
    dispose: () => {
      endThemes();
      editor.dispose();
      for (const model of models.values()) model.dispose();
    },
  };
}

function createEditor(options: EditorOptions, model: monaco.editor.ITextModel | undefined) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const editor = monaco.editor.create(options.host, {
    model: model ?? null,
    ariaLabel: `${options.label}. ${hasCommandKey() ? "Control, Shift and M" : "Control and M"}, then Tab, leaves the editor.`,
    automaticLayout: true,
    fontFamily: getComputedStyle(options.host).getPropertyValue("--mono"),
    fontSize: rem * 0.875,
    lineHeight: rem * 0.875 * 1.55,
    minimap: { enabled: false },
    scrollBeyondLastLine: false,
    overviewRulerLanes: 0,
    renderLineHighlight: "none",
    padding: { top: 12, bottom: 12 },
    lineNumbersMinChars: 3,
    folding: false,
    wordWrap: "on",
    occurrencesHighlight: "off",
    guides: { indentation: false },
    stickyScroll: { enabled: false },
    cursorSmoothCaretAnimation: "off",
    cursorBlinking: still ? "solid" : "blink",
    smoothScrolling: false,
    fixedOverflowWidgets: true,
    scrollbar: { alwaysConsumeMouseWheel: false, verticalScrollbarSize: 10, horizontalScrollbarSize: 10 },
  });
  const { CtrlCmd, Shift } = monaco.KeyMod;
  editor.addAction({
    id: "interleave.run",
    label: "Run it",
    keybindings: [CtrlCmd | monaco.KeyCode.Enter],
    run: options.onRun,
  });
  if (options.onCheck === undefined) return editor;
  editor.addAction({
    id: "interleave.check",
    label: "Check my code",
    keybindings: [CtrlCmd | Shift | monaco.KeyCode.Enter],
    run: options.onCheck,
  });
  return editor;
}

function writeModel(model: monaco.editor.ITextModel | undefined, text: string): void {
  if (model === undefined || model.getValue() === text) return;
  model.pushStackElement();
  model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
  model.pushStackElement();
}

function showMark(
  editor: monaco.editor.IStandaloneCodeEditor,
  models: ReadonlyMap<string, monaco.editor.ITextModel>,
  marks: monaco.editor.IEditorDecorationsCollection,
  mark: EditorMark | undefined,
): void {
  const model = mark && models.get(mark.file);
  if (mark === undefined || model === undefined || editor.getModel() !== model) {
    marks.clear();
    return;
  }
  const line = Math.min(mark.line, model.getLineCount());
  marks.set([
    {
      range: new monaco.Range(line, 1, line, 1),
      options: { isWholeLine: true, className: `code-mark code-mark-${mark.kind}` },
    },
  ]);
  editor.revealLineInCenterIfOutsideViewport(line);
  if (mark.kind === "mistake") editor.setPosition({ lineNumber: line, column: mark.column });
}
