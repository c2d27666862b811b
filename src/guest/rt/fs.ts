import { CALLS, STATUS } from "#abi";
import { checkPath } from "../core/path.ts";
import { piecesOf } from "../core/bytes.ts";
import { err, ok, type Result } from "../core/result.ts";
import { AsyncFile } from "./async-file.ts";
import type { Async, Future } from "./future.ts";
import { Operation } from "./operation.ts";
import { Steps } from "./steps.ts";

export { AsyncFile } from "./async-file.ts";
export type { OpenError, OpenOptions, SeekFrom } from "../std/file.ts";
export type { Result } from "../core/result.ts";

/**
 * Whether there is a file of this name. Another task may make or remove one right after. Takes 0.1 ms.
 * @throws PathError where `path` is no name of a file.
 * @rust tokio::fs::try_exists
 * @cancel Safe: there is nothing to lose.
 * @example
 * ```ts
 * import { type Async, blockOn } from "rt";
 * import { exists, write } from "rt/fs";
 * function* main(): Async<void> {
 *   console.log(yield* exists("notes")); // false
 *   yield* write("notes", "");
 *   console.log(yield* exists("notes")); // true
 * }
 * blockOn(main());
 * ```
 */
export function exists(path: string): Future<boolean> {
  const name = checkPath(path, "exists(path)");
  return new Operation({
    call: CALLS.fileExists,
    payload: () => `s${name}`,
    read: (reply) => reply === 1,
  });
}

/**
 * Takes a file's name away. Who has the file open can go on using it; its room is free once nobody has. Takes
 * 0.1 ms.
 * @throws PathError where `path` is no name of a file.
 * @rust tokio::fs::remove_file
 * @cancel Safe: dropped before it was ready, it has removed nothing.
 * @differs In tokio a blocking thread does it, also after the future was dropped.
 * @example
 * ```ts
 * import { type Async, blockOn } from "rt";
 * import { exists, remove, write } from "rt/fs";
 * function* main(): Async<void> {
 *   yield* write("notes", "");
 *   yield* remove("notes");
 *   console.log(yield* exists("notes")); // false
 *   const again = yield* remove("notes");
 *   console.log(again.ok ? "removed" : again.error); // not-found
 * }
 * blockOn(main());
 * ```
 */
export function remove(path: string): Future<Result<void, "not-found">> {
  const name = checkPath(path, "remove(path)");
  return new Operation({ call: CALLS.fileRemove, payload: () => `s${name}`, read: foundOrNot });
}

/**
 * Gives a file another name; a file that had it is replaced. It happens at one instant, also for a crash: the
 * new name leads to the one file or to the other. It is certain to survive a crash once a file has been
 * synced afterwards. Takes 0.1 ms.
 * @throws PathError where one of them is no name of a file.
 * @rust tokio::fs::rename
 * @cancel Safe: dropped before it was ready, it has renamed nothing.
 * @differs In tokio a blocking thread does it, also after the future was dropped.
 * @example
 * ```ts
 * import { type Async, blockOn } from "rt";
 * import { exists, readToString, rename, write } from "rt/fs";
 * function* main(): Async<void> {
 *   yield* write("notes", "old");
 *   yield* write("notes.new", "new");
 *   yield* rename("notes.new", "notes");
 *   const text = yield* readToString("notes");
 *   console.log(text.ok ? text.value : text.error); // new
 *   console.log(yield* exists("notes.new")); // false
 * }
 * blockOn(main());
 * ```
 */
export function rename(from: string, to: string): Future<Result<void, "not-found">> {
  const what = "rename(from, to)";
  const names = `${checkPath(from, what)}\n${checkPath(to, what)}`;
  return new Operation({ call: CALLS.fileRename, payload: () => `s${names}`, read: foundOrNot });
}

function foundOrNot(_reply: unknown, ended: number): Result<void, "not-found"> {
  return ended === STATUS.ok ? ok(undefined) : err("not-found");
}

/**
 * All bytes of a file: opens it, reads to its end and closes it.
 * @throws PathError where `path` is no name of a file.
 * @rust tokio::fs::read
 * @cancel Safe: dropping it closes the file.
 * @example
 * ```ts
 * import { type Async, blockOn } from "rt";
 * import { read, write } from "rt/fs";
 * function* main(): Async<void> {
 *   yield* write("notes", "é!");
 *   const bytes = yield* read("notes");
 *   console.log(bytes.ok ? bytes.value.join(" ") : bytes.error); // 195 169 33
 * }
 * blockOn(main());
 * ```
 */
export function read(path: string): Future<Result<Uint8Array, "not-found" | "too-many-open-files">> {
  return new Steps(readFile(checkPath(path, "read(path)")));
}

/**
 * All of a file as text; `"invalid-data"` where it is not UTF-8.
 * @throws PathError where `path` is no name of a file.
 * @rust tokio::fs::read_to_string
 * @cancel Safe: dropping it closes the file.
 * @example
 * ```ts
 * import { type Async, blockOn } from "rt";
 * import { readToString, write } from "rt/fs";
 * function* main(): Async<void> {
 *   yield* write("notes", "buy milk");
 *   yield* write("image", new Uint8Array([255]));
 *   for (const name of ["notes", "image", "other"]) {
 *     const text = yield* readToString(name);
 *     console.log(text.ok ? text.value : text.error); // buy milk, invalid-data, not-found
 *   }
 * }
 * blockOn(main());
 * ```
 */
export function readToString(
  path: string,
): Future<Result<string, "not-found" | "too-many-open-files" | "invalid-data">> {
  return new Steps(readTextFile(checkPath(path, "readToString(path)")));
}

/**
 * Makes a file with this content, or replaces what is in it: first it is empty, then it is written, and
 * others may look in between. Does not sync.
 * @throws PathError where `path` is no name of a file; TypeError where `data` is neither text nor a
 * Uint8Array.
 * @rust tokio::fs::write
 * @cancel Not safe: dropped before it was ready, it may have left the file empty, or with a part of the
 * content.
 * @differs In tokio a blocking thread does it to its end, also after the future was dropped.
 * @example
 * ```ts
 * import { type Async, blockOn, select } from "rt";
 * import { readToString, write } from "rt/fs";
 * import { sleep } from "rt/time";
 * function* main(): Async<void> {
 *   yield* write("notes", "old");
 *   yield* select({ cut: sleep(0.105), done: write("notes", "new") });
 *   const text = yield* readToString("notes");
 *   console.log(text.ok && text.value.length); // 0
 * }
 * blockOn(main());
 * ```
 */
export function write(
  path: string,
  data: Uint8Array | string,
): Future<Result<void, "no-space" | "too-many-open-files">> {
  const name = checkPath(path, "write(path, data)");
  piecesOf(data, "write(path, data)");
  return new Steps(writeFile(name, data));
}

function* readFile(path: string): Async<Result<Uint8Array, "not-found" | "too-many-open-files">> {
  const opened = yield* AsyncFile.open(path);
  if (!opened.ok) return opened;
  using file = opened.value;
  return ok(yield* file.readToEnd());
}

function* readTextFile(
  path: string,
): Async<Result<string, "not-found" | "too-many-open-files" | "invalid-data">> {
  const opened = yield* AsyncFile.open(path);
  if (!opened.ok) return opened;
  using file = opened.value;
  return yield* file.readToString();
}

function* writeFile(
  path: string,
  data: Uint8Array | string,
): Async<Result<void, "no-space" | "too-many-open-files">> {
  const created = yield* AsyncFile.create(path);
  if (!created.ok) return created;
  using file = created.value;
  return yield* file.writeAll(data);
}
