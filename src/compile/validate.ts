/** Owns: what files a program may consist of, before anything parses them. */
import type { CompileInput, Diagnostic } from "./program.ts";

const FILE_CHARACTERS_MAX = 256 * 1024;
const FILES_MAX = 64;
/** Brackets within brackets. */
const DEPTH_MAX = 500;
/** `else` in one file: each may nest in the one before. */
const ELSES_MAX = 1000;
/** Arrow functions whose body is the next one. */
const ARROWS_MAX = 50;

export const TOO_DEEP: Diagnostic = problem(
  "the program is nested too deeply",
  "Break the longest expression or the deepest block into smaller ones.",
);

/** Diagnostics of kind `input`; none where the files can be handed to the bundler. */
export function validateInput(input: CompileInput): Diagnostic[] {
  const hidden = input.hidden ?? {};
  const files = [...Object.entries(input.files), ...Object.entries(hidden)];
  const found = files.flatMap(([name, text]) => validateFile(name, text));
  const count = Object.keys(input.files).length;
  if (count > FILES_MAX) {
    found.push(problem(`there are ${count} files`, `A program has at most ${FILES_MAX} files.`));
  }
  for (const name of Object.keys(input.files)) {
    if (Object.hasOwn(hidden, name)) {
      found.push(
        problem(`${name} is the name of one of the exercise's own files`, "Give your file another name."),
      );
    }
  }
  for (const name of new Set([input.entry, ...(input.exports ? [input.exports.file] : [])])) {
    if (!Object.hasOwn(input.files, name) && !Object.hasOwn(hidden, name)) {
      found.push(problem(`there is no file ${name}`, `Add a file called ${name}.`));
    }
  }
  return found;
}

function validateFile(name: string, text: string): Diagnostic[] {
  const found: Diagnostic[] = [];
  const shown = JSON.stringify(name);
  if (!isRelative(name)) {
    found.push(
      problem(
        `${shown} is no file name`,
        "Name files by relative paths with forward slashes: main.ts, lib/queue.ts.",
      ),
    );
  }
  if (text.length > FILE_CHARACTERS_MAX) {
    found.push(
      problem(
        `${name} has ${text.length} characters`,
        `A file has at most ${FILE_CHARACTERS_MAX} characters.`,
      ),
    );
  }
  if (text.includes("\0") || !text.isWellFormed()) {
    found.push(problem(`${name} is not a text file`, "Save it as plain UTF-8 text."));
  }
  if (isTooDeep(text)) found.push(TOO_DEEP);
  return found;
}

/**
 * True for code that would overflow the bundler's stack, after which it answers nothing any more. Counts brackets in
 * strings and comments too: no program that people write comes near the bounds.
 */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[()[\]{}]/g)) {
    depth = "([{".includes(bracket) ? depth + 1 : Math.max(0, depth - 1);
    if (depth > DEPTH_MAX) return true;
  }
  if (text.split(/\belse\b/).length > ELSES_MAX) return true;
  let arrows = 0;
  for (const part of text.split("=>")) {
    arrows = /^[\s\w$(),:]*$/.test(part) ? arrows + 1 : 0;
    if (arrows > ARROWS_MAX) return true;
  }
  return false;
}

function isRelative(name: string): boolean {
  const parts = name.split("/");
  return /^[^\\:\p{Cc}]+$/u.test(name) && parts.every((part) => part !== "" && part !== "." && part !== "..");
}

function problem(message: string, hint: string): Diagnostic {
  return { kind: "input", message, hint };
}
