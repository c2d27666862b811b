import { CALLS, STATUS } from "#abi";
import { kernelCall, status } from "../core/kernel.ts";
import { checkPath } from "../core/path.ts";
import { err, ok, type Result } from "../core/result.ts";
import { File } from "./file.ts";

export { File, type OpenError, type OpenOptions, type SeekFrom } from "./file.ts";
export type { Result } from "../core/result.ts";

/** Whether there is a file of this name. Another thread may make or remove one right after. Takes 0.1 ms. Stands for `std::fs::exists`. */
export function exists(path: string): boolean {
  return kernelCall(CALLS.fileExists, 0, 0, `s${checkPath(path, "exists(path)")}`) === 1;
}

/**
 * Takes a file's name away. Who has the file open can go on using it; its room is free once nobody has.
 * Takes 0.1 ms. Stands for `std::fs::remove_file`.
 */
export function remove(path: string): Result<void, "not-found"> {
  kernelCall(CALLS.fileRemove, 0, 0, `s${checkPath(path, "remove(path)")}`);
  return status() === STATUS.ok ? ok(undefined) : err("not-found");
}

/**
 * Gives a file another name; a file that had it is replaced. It happens at one instant, also for a crash: the new name
 * leads to the one file or to the other. It is certain to survive a crash once a file has been synced afterwards.
 * Takes 0.1 ms. Stands for `std::fs::rename`.
 */
export function rename(from: string, to: string): Result<void, "not-found"> {
  const names = `${checkPath(from, "rename(from, to)")}\n${checkPath(to, "rename(from, to)")}`;
  kernelCall(CALLS.fileRename, 0, 0, `s${names}`);
  return status() === STATUS.ok ? ok(undefined) : err("not-found");
}

/** All bytes of a file: opens it, reads to its end and closes it. Stands for `std::fs::read`. */
export function read(path: string): Result<Uint8Array, "not-found" | "too-many-open-files"> {
  const opened = File.open(path);
  if (!opened.ok) return opened;
  using file = opened.value;
  return ok(file.readToEnd());
}

/** All of a file as text; "invalid-data" where it is not UTF-8. Stands for `std::fs::read_to_string`. */
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
 * look in between. Does not sync. Stands for `std::fs::write`.
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
