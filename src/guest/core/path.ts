import { inspect } from "./inspect.ts";

const LENGTH_MAX = 255;

/**
 * `path` as the disk knows it: names with `/` between them, `./` left out. A clear error, with what to write instead,
 * for what cannot name a file on this machine.
 */
export function checkPath(path: string, what: string): string {
  if (typeof path !== "string") throw new TypeError(`${what} needs the name of a file, got ${inspect(path)}`);
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  const plain = parts.filter((part) => part !== "..").join("/");
  const problem = problemOf(path, parts);
  if (problem === "") return plain;
  const cure = plain === "" ? "Give the file a name" : `Write ${JSON.stringify(cureOf(plain))}`;
  const error = new Error(`${what} cannot use ${inspectPath(path)}: ${problem}. ${cure}.`);
  error.name = "PathError";
  throw error;
}

function problemOf(path: string, parts: readonly string[]): string {
  if (path === "") return "it is empty";
  if (UNPRINTABLE.test(path) || !path.isWellFormed()) return "it holds a character that no name can have";
  if (path.includes("\\")) return "the parts of a name are parted by `/`";
  if (path.startsWith("/")) return "names begin at the program's own folder, not with `/`";
  if (parts.includes("..")) return "nothing is above the program's own folder";
  if (parts.length === 0 || path.endsWith("/")) return "it names a folder";
  return path.length > LENGTH_MAX ? `it is longer than ${LENGTH_MAX} characters` : "";
}

/** The nearest name that would do. */
function cureOf(plain: string): string {
  const cured = plain.replaceAll("\\", "/").replace(ALL_UNPRINTABLE, "").toWellFormed();
  return cured.length > LENGTH_MAX ? cured.slice(-20) : cured;
}

function inspectPath(path: string): string {
  return JSON.stringify(path.length > 60 ? `${path.slice(0, 59)}…` : path);
}

/** Control characters, the end of a line among them. */
const UNPRINTABLE = /\p{Cc}/u;
const ALL_UNPRINTABLE = /\p{Cc}/gu;
