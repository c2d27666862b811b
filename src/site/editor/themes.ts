import type * as monaco from "monaco-editor/editor";
import type { Theme } from "../theme.ts";

type EditorApi = Pick<typeof monaco.editor, "defineTheme">;

interface Palette {
  readonly base: "vs" | "vs-dark";
  readonly paper: string;
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly keyword: string;
  readonly string: string;
  readonly number: string;
  readonly type: string;
  readonly comment: string;
  readonly selection: string;
  readonly accent: string;
  readonly raised: string;
}

/** The colours of the page's highlighted code, so that opening the editor changes as little as possible. */
const PALETTES: Readonly<Record<Theme, Palette>> = {
  light: {
    base: "vs",
    paper: "#ffffff",
    ink: "#1f2328",
    soft: "#6a737d",
    line: "#dde1e5",
    keyword: "cf222e",
    string: "0a3069",
    number: "0550ae",
    type: "953800",
    comment: "59636e",
    selection: "#bfe3e6",
    accent: "#0a6a72",
    raised: "#f6f7f8",
  },
  dark: {
    base: "vs-dark",
    paper: "#0d1117",
    ink: "#e6edf3",
    soft: "#8b949e",
    line: "#2a323a",
    keyword: "ff7b72",
    string: "a5d6ff",
    number: "79c0ff",
    type: "ffa657",
    comment: "9198a1",
    selection: "#1f4d52",
    accent: "#5fc4c9",
    raised: "#171c21",
  },
};

/** The editor's name of a theme. */
export function themeName(theme: Theme): string {
  return `interleave-${theme}`;
}

/** Makes both themes known to the editor. */
export function defineThemes(editor: EditorApi): void {
  for (const theme of ["light", "dark"] as const) {
    const p = PALETTES[theme];
    editor.defineTheme(themeName(theme), {
      base: p.base,
      inherit: true,
      rules: [
        { token: "", foreground: p.ink.slice(1) },
        { token: "keyword", foreground: p.keyword },
        { token: "string", foreground: p.string },
        { token: "string.escape", foreground: p.number },
        { token: "number", foreground: p.number },
        { token: "regexp", foreground: p.string },
        { token: "type", foreground: p.type },
        { token: "type.identifier", foreground: p.type },
        { token: "comment", foreground: p.comment },
        { token: "delimiter", foreground: p.ink.slice(1) },
      ],
      colors: {
        "editor.background": p.paper,
        "editor.foreground": p.ink,
        "editorLineNumber.foreground": p.soft,
        "editorLineNumber.activeForeground": p.ink,
        "editor.selectionBackground": p.selection,
        "editorCursor.foreground": p.accent,
        "editorWidget.background": p.raised,
        "editorWidget.border": p.line,
        "editorHoverWidget.background": p.raised,
        focusBorder: p.accent,
      },
    });
  }
}
