/** Reads a WebAssembly module's text as wasm-dis prints it: a function begins with ` (func` at the start of a line. */
export interface ModuleText {
  /** Everything before the first function, and after the last. */
  readonly head: string;
  readonly tail: string;
  readonly functions: readonly string[];
}

/** Throws where `text` is not the text of a module. */
export function splitModule(text: string): ModuleText {
  const start = text.search(/^ \(func /m);
  const end = text.lastIndexOf(")");
  if (start < 0) throw new Error("This is not the text of a WebAssembly module.");
  return {
    head: text.slice(0, start),
    functions: text.slice(start, end).split(/^(?= \(func )/m),
    tail: text.slice(end),
  };
}

/** Where the expression that begins at `start` ends; function bodies hold no texts that could have brackets. */
export function endOfExpression(code: string, start: number): number {
  let depth = 0;
  for (let at = start; at < code.length; at++) {
    if (code[at] === "(") depth++;
    else if (code[at] === ")" && --depth === 0) return at + 1;
  }
  throw new Error("The text of a WebAssembly function ends inside an expression.");
}

/** Parameters and results as one text to compare: `i32 i64 -> i32`. */
export function signatureOf(header: string): string {
  const list = (word: string): string =>
    [...header.matchAll(new RegExp(`\\(${word} ([^)]*)\\)`, "g"))]
      .map(([, types = ""]) => types.replace(/\$\S+ /, ""))
      .join(" ");
  return `${list("param")} -> ${list("result")}`;
}
