import { CALLS, STATUS } from "#abi";
import { kernelCall, status } from "../core/kernel.ts";
import { checkPath } from "../core/path.ts";
import { err, ok, type Result } from "../core/result.ts";
import { File } from "./file.ts";

export { File, type OpenError, type OpenOptions, type SeekFrom } from "./file.ts";
export type { Result } from "../core/result.ts";

/**
 * Whether there is a file of this name. Another thread may make or remove one right after. Takes 0.1 ms.
 * @rust std::fs::exists
 * @differs Gives the answer itself, where Rust gives a Result.
 * @example
 * ```ts
 * import { exists, write } from "std/fs";
 * console.log(exists("notes")); // false
 * write("notes", "tea");
 * console.log(exists("notes")); // true
 * ```
 */
export function exists(path: string): boolean {
  return kernelCall(CALLS.fileExists, 0, 0, `s${checkPath(path, "exists(path)")}`) === 1;
}

/**
 * Takes a file's name away. Who has the file open can go on using it; its room is free once nobody has.
 * Takes 0.1 ms.
 * @rust std::fs::remove_file
 * @example
 * ```ts
 * import { File, remove, write } from "std/fs";
 * write("notes", "tea");
 * const opened = File.open("notes");
 * console.log(remove("notes").ok); // true
 * if (opened.ok) console.log(opened.value.readToEnd().length); // 3
 * console.log(remove("notes").ok); // false
 * ```
 */
export function remove(path: string): Result<void, "not-found"> {
  kernelCall(CALLS.fileRemove, 0, 0, `s${checkPath(path, "remove(path)")}`);
  return status() === STATUS.ok ? ok(undefined) : err("not-found");
}

/**
 * Gives a file another name; a file that had it is replaced. It happens at one instant, also for a crash: the new name
 * leads to the one file or to the other. It is certain to survive a crash once a file has been synced afterwards.
 * Takes 0.1 ms.
 * @rust std::fs::rename
 * @example
 * ```ts
 * import { exists, readToString, rename, write } from "std/fs";
 * write("menu", "tea");
 * write("menu.new", "tea and milk");
 * rename("menu.new", "menu");
 * const text = readToString("menu");
 * console.log(text.ok && text.value); // tea and milk
 * console.log(exists("menu.new")); // false
 * ```
 */
export function rename(from: string, to: string): Result<void, "not-found"> {
  const names = `${checkPath(from, "rename(from, to)")}\n${checkPath(to, "rename(from, to)")}`;
  kernelCall(CALLS.fileRename, 0, 0, `s${names}`);
  return status() === STATUS.ok ? ok(undefined) : err("not-found");
}

/**
 * All bytes of a file: opens it, reads to its end and closes it.
 * @rust std::fs::read
 * @example
 * ```ts
 * import { read, write } from "std/fs";
 * write("bytes", new Uint8Array([1, 2, 255]));
 * const bytes = read("bytes");
 * console.log(bytes.ok ? bytes.value[2] : bytes.error); // 255
 * const none = read("nothing");
 * console.log(none.ok ? "there" : none.error); // not-found
 * ```
 */
export function read(path: string): Result<Uint8Array, "not-found" | "too-many-open-files"> {
  const opened = File.open(path);
  if (!opened.ok) return opened;
  using file = opened.value;
  return ok(file.readToEnd());
}

/**
 * All of a file as text; `"invalid-data"` where it is not UTF-8.
 * @rust std::fs::read_to_string
 * @example
 * ```ts
 * import { readToString, write } from "std/fs";
 * write("word", "naïve");
 * const text = readToString("word");
 * console.log(text.ok ? text.value : text.error); // naïve
 * write("word", new Uint8Array([255]));
 * const broken = readToString("word");
 * console.log(broken.ok ? broken.value : broken.error); // invalid-data
 * ```
 */
export function readToString(
  path: string,
): Result<string, "not-found" | "too-many-open-files" | "invalid-data"> {
  const opened = File.open(path);
  if (!opened.ok) return opened;
  using file = opened.value;
  return file.readToString();
}

/**
 * Makes a file with this content, or replaces what is in it: first it is empty, then it is written, and others may
 * look in between. Does not sync.
 * @rust std::fs::write
 * @example
 * ```ts
 * import { readToString, write } from "std/fs";
 * write("greeting", "hello");
 * write("greeting", "hi");
 * const text = readToString("greeting");
 * console.log(text.ok && text.value); // hi
 * ```
 */
export function write(
  path: string,
  data: Uint8Array | string,
): Result<void, "no-space" | "too-many-open-files"> {
  const opened = File.create(path);
  if (!opened.ok) return opened;
  using file = opened.value;
  return file.writeAll(data);
}
