/** Owns: what to do about a syntax error, where the bundler's words do not say it. */
import type { Message } from "esbuild-wasm";

const JSX = /<\/?[A-Za-z][^<>]*\/?>/;
const CURLY_QUOTES = /[“”„‘’]/;

/** By what the bundler says; the first that fits. */
const HINTS: readonly (readonly [text: RegExp, hint: string])[] = [
  [/^Unexpected end of file$/, "A bracket that was opened is never closed: look for the missing `}` or `)`."],
  [/^Unterminated string literal$/, "Close the text with the quote that it begins with."],
  [/^Unterminated template literal$/, "Close the text with the quote that it begins with."],
  [/^Unterminated regular expression$/, "Close it with `/`; to divide, put a value on the left."],
  [/^Expected "\*\/"/, "Close the comment with `*/`."],
  [/^Expected identifier but found/, "A name belongs here, and not one of the language's own words."],
  [/must be initialized$/, "Give it a value, or declare it with `let`."],
  [/^Cannot use "(?:break|continue)"/, "It belongs into a loop."],
  [/^Invalid assignment target$/, "On the left of `=` belongs a variable or a field."],
  [/^Private name /, "Declare it in the class: private fields can be used inside of their class only."],
  [/^Cannot use "yield" outside/, "Write `function*` for the function around it."],
  [/^Expected "[)\]}>]"/, "A bracket before this place is still open: close it."],
  [
    /^(?:Unexpected|Expected|Syntax error)/,
    "Look at this place and just before it: something is missing or too much.",
  ],
];

/** What to do about a message of the bundler; `note` is what it adds itself. */
export function hintFor({ text, location }: Message, note: string | undefined): string | undefined {
  const line = location?.lineText ?? "";
  if (/^(?:Unterminated regular|Expected ">")/.test(text) && JSX.test(line)) {
    return "JSX does not exist here: there is no page. Print with `console.log`.";
  }
  if (text.startsWith("Unexpected") && CURLY_QUOTES.test(line)) return "Write straight quotes: \" or '.";
  if (/^Multiple exports|has already been declared$/.test(text))
    return join(note, "Rename or remove one of the two.");
  if (text.startsWith("Top-level return")) return "`return` belongs into a function.";
  if (text.endsWith("because it is a constant")) return join(note, "Declare it with `let` to change it.");
  if (text.endsWith("cannot be used in an ECMAScript module")) {
    return "Programs here are strict, as all modules are, and do without it: choose another form or another name.";
  }
  return note ?? HINTS.find(([fits]) => fits.test(text))?.[1];
}

function join(note: string | undefined, advice: string): string {
  return note === undefined ? advice : `${note}. ${advice}`;
}
