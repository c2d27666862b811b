import { CALLS, FILE_CALL_BYTES, OPEN, STATUS } from "#abi";
import { decodeBytes, decodeText, type Pieces, piecesOf } from "../core/bytes.ts";
import { Handle, type HandleKey, idAs, KEY, reviveWith } from "../core/handle.ts";
import { type Encoded, kernelCall, status } from "../core/kernel.ts";
import { checkPath } from "../core/path.ts";
import { err, ok, type Result } from "../core/result.ts";
import {
  beforeStart,
  checkCount,
  File,
  modeOf,
  type OpenError,
  type OpenOptions,
  type SeekFrom,
  whenceOf,
} from "../std/file.ts";
import type { Async, Future } from "./future.ts";
import { Operation } from "./operation.ts";
import { checkStd, replaced } from "./replaced.ts";
import { Steps } from "./steps.ts";
import { writeAllBy } from "./write-all.ts";

/**
 * An open file, for tasks: what `File` of `std/fs` is for threads, with the same disk, times and guarantees.
 * It belongs to one task: a task that names it takes it along, and closes it when it ends.
 *
 * Here the kernel itself does the work meanwhile, as io_uring does it: no thread waits, nothing is copied
 * between threads, and a future that is dropped before it is ready has done nothing: it takes effect in the
 * poll that is ready. Calling a `File` in a task is allowed, too: all tasks of the thread wait as long as the
 * disk takes.
 *
 * Do one thing after the other on one file. Where several futures use it at once, each takes the position as
 * it is when its turn comes, in any order.
 * @rust tokio::fs::File
 * @differs Tokio lets a thread of its blocking pool do the work, which costs a trip there and back for each
 * call. Dropping a future stops nothing there, so a write can happen after it was given up; to have it that
 * way here write `spawnBlocking(() => file.write(data))` with a `File`.
 * @example
 * ```ts
 * import { type Async, blockOn } from "rt";
 * import { AsyncFile } from "rt/fs";
 * function* main(): Async<void> {
 *   const opened = yield* AsyncFile.append("journal");
 *   if (!opened.ok) return;
 *   using file = opened.value;
 *   yield* file.writeAll("begin; commit;");
 *   yield* file.sync();
 *   console.log(yield* file.seek(7)); // 7
 *   const rest = yield* file.readToString();
 *   console.log(rest.ok ? rest.value : rest.error); // commit;
 * }
 * blockOn(main());
 * ```
 */
export class AsyncFile extends Handle {
  /** @internal Use `AsyncFile.open`, `AsyncFile.create` or `AsyncFile.append`. */
  constructor(key: HandleKey, id: number) {
    super(key, "asyncFile", id);
  }

  /**
   * Opens a file for reading, from its start. Takes 0.1 ms.
   * @throws PathError where `path` is no name of a file.
   * @rust tokio::fs::File::open
   * @cancel Safe: dropped before it was ready, nothing is open.
   */
  static open(path: string): Future<Result<AsyncFile, "not-found" | "too-many-open-files">> {
    return opening(checkPath(path, "AsyncFile.open(path)"), OPEN.read);
  }

  /**
   * Makes a file for writing, or empties the one there is. Takes 0.1 ms.
   * @throws PathError where `path` is no name of a file.
   * @rust tokio::fs::File::create
   * @cancel Safe: dropped before it was ready, it has neither made nor emptied anything.
   */
  static create(path: string): Future<Result<AsyncFile, "too-many-open-files">> {
    return opening(checkPath(path, "AsyncFile.create(path)"), OPEN.write | OPEN.create | OPEN.truncate);
  }

  /**
   * Opens a file for reading, and for writing at its end; makes it where there is none. Reading begins at the
   * start; a write leaves the position at the end, so `seek(0)` before reading again. Takes 0.1 ms. In Rust
   * it is `OpenOptions::new().read(true).append(true).create(true)`.
   * @throws PathError where `path` is no name of a file.
   * @rust tokio::fs::OpenOptions::append
   * @cancel Safe: dropped before it was ready, it has neither made nor opened anything.
   */
  static append(path: string): Future<Result<AsyncFile, "too-many-open-files">> {
    return opening(checkPath(path, "AsyncFile.append(path)"), OPEN.read | OPEN.append | OPEN.create);
  }

  /**
   * Opens a file in any other way. Takes 0.1 ms.
   * @throws TypeError where the options contradict each other; PathError where `path` is no name of a file.
   * @rust tokio::fs::OpenOptions::open
   * @cancel Safe: dropped before it was ready, it has neither made nor opened anything.
   */
  static openWith(path: string, options: OpenOptions): Future<Result<AsyncFile, OpenError>> {
    const what = "AsyncFile.openWith(path, options)";
    return opening<OpenError>(checkPath(path, what), modeOf(options, what));
  }

  /**
   * The same open file, with its position, for tasks; `file` is used up.
   * @throws TypeError where it is no File of `std/fs`.
   * @rust tokio::fs::File::from_std
   */
  static fromStd(file: File): AsyncFile {
    checkStd(file, "file", "AsyncFile.fromStd(file) needs a File of std/fs");
    return fileOf(replaced(file, "file", "AsyncFile.fromStd()"));
  }

  /**
   * At most `max` bytes from the position on, fewer where the file ends, none at its end; moves the position
   * behind them. One call reads at most 64 KiB. Takes 0.01 ms, and 0.004 ms for each 4 KiB beyond the first.
   * @throws RangeError where `max` is no whole number from 1.
   * @rust tokio::io::AsyncReadExt::read
   * @cancel Safe: dropped before it was ready, it has not moved the position.
   */
  read(max: number): Future<Uint8Array> {
    return reading(this, checkCount(max), decodeBytes);
  }

  /**
   * Everything from the position to the end, in as many reads as it takes: the last one finds nothing more.
   * While somebody writes, what is read may hold the later of two changes without the earlier one.
   * @rust tokio::io::AsyncReadExt::read_to_end
   * @cancel Not safe: dropped between two reads, the position has moved and what was read is lost. `seek`
   * before reading again.
   */
  readToEnd(): Future<Uint8Array> {
    return new Steps(restOf(this), [this]);
  }

  /**
   * As `readToEnd`, as text: `"invalid-data"` where it is not UTF-8.
   * @rust tokio::io::AsyncReadExt::read_to_string
   * @cancel Not safe: dropped between two reads, the position has moved and what was read is lost. `seek`
   * before reading again.
   */
  readToString(): Future<Result<string, "invalid-data">> {
    return new Steps(restAsText(this), [this]);
  }

  /**
   * Writes at the position (with `append`: at the end) and moves the position behind it; text becomes UTF-8.
   * Gives how many bytes were written: fewer than given where there are more than 64 KiB or the disk (4 MB)
   * is nearly full; `"no-space"` where not one fits. Takes 0.01 ms, and 0.004 ms for each 4 KiB beyond the
   * first.
   * @throws TypeError where `data` is neither text nor a Uint8Array.
   * @rust tokio::io::AsyncWriteExt::write
   * @cancel Safe: it takes effect in the poll that is ready; dropped before, it has written nothing.
   */
  write(data: Uint8Array | string): Future<Result<number, "no-space">> {
    return writing(this, piecesOf(data, "write(data)"), 0);
  }

  /**
   * Writes all of it, in as many writes as it takes; text becomes UTF-8. After `"no-space"` a part may have
   * been written.
   * @throws TypeError where `data` is neither text nor a Uint8Array.
   * @rust tokio::io::AsyncWriteExt::write_all
   * @cancel Not safe: a part may have been written. Up to 64 KiB are one write, which happens whole or not at
   * all while the disk has room.
   */
  writeAll(data: Uint8Array | string): Future<Result<void, "no-space">> {
    const pieces = piecesOf(data, "writeAll(data)");
    idAs(this, "asyncFile");
    return new Steps(
      writeAllBy(pieces, (at) => writing(this, pieces, at)),
      [this],
    );
  }

  /**
   * Moves the position of the next read or write, and gives where it is now, counted in bytes from the start.
   * `offset` counts from the start, from the current position or from the end of the file; a position beyond
   * the end is allowed, and a write there fills the gap with zeros. Takes no time.
   * @throws RangeError where the position would lie before the start, or `offset` is no whole number;
   * TypeError where `from` is something else.
   * @rust tokio::io::AsyncSeekExt::seek
   * @cancel Safe: dropped before it was ready, it has not moved the position.
   */
  seek(offset: number, from: SeekFrom = "start"): Future<number> {
    return new Operation({
      call: CALLS.fileSeek,
      a: idAs(this, "asyncFile"),
      b: offset,
      c: whenceOf(offset, from),
      read: (reply, ended) => {
        const position = reply as number;
        return ended === STATUS.badPosition ? beforeStart(offset, from, position) : position;
      },
      held: [this],
    });
  }

  /**
   * Waits until everything written to the file before the first poll, and every name given before it, is on
   * the disk itself and survives a crash. What others write meanwhile is not promised. Takes 5 ms, in which
   * other tasks go on.
   * @rust tokio::fs::File::sync_all
   * @cancel Safe: nothing is lost, but dropped before it was ready it promises nothing.
   */
  sync(): Future<void> {
    return new Operation<void>({
      call: CALLS.fileSync,
      a: idAs(this, "asyncFile"),
      read: () => undefined,
      held: [this],
    });
  }

  /**
   * A second handle of the same open file, for another task: both share one position. Never waits.
   * @rust tokio::fs::File::try_clone
   * @differs No future, as it never waits.
   */
  tryClone(): Result<AsyncFile, "too-many-open-files"> {
    const id = kernelCall(CALLS.fileClone, idAs(this, "asyncFile")) as number;
    return status() === STATUS.ok ? ok(fileOf(id)) : err("too-many-open-files");
  }

  /**
   * The same open file, with its position, for a thread that may block; this handle is used up.
   * @rust tokio::fs::File::into_std
   * @differs No future: there is never something under way that it would have to wait for.
   */
  intoStd(): File {
    return new File(KEY, replaced(this, "asyncFile", "intoStd()"));
  }

  /**
   * Gives the file up; using it afterwards is a mistake. Does not sync. Never waits.
   * @rust std::mem::drop
   */
  close(): void {
    kernelCall(CALLS.fileClose, idAs(this, "asyncFile"));
  }

  /** At the end of a `using` block: closes the file, unless that was done or it has moved elsewhere. */
  [Symbol.dispose](): void {
    kernelCall(CALLS.fileClose, idAs(this, "asyncFile"), 1);
  }
}

function fileOf(id: number): AsyncFile {
  return new AsyncFile(KEY, id);
}

reviveWith("asyncFile", fileOf);

const OPEN_ERRORS: Readonly<Record<number, OpenError>> = {
  [STATUS.notFound]: "not-found",
  [STATUS.alreadyExists]: "already-exists",
  [STATUS.tooManyOpenFiles]: "too-many-open-files",
};

function opening<E extends OpenError>(path: string, mode: number): Future<Result<AsyncFile, E>> {
  return new Operation<Result<AsyncFile, E>>({
    call: CALLS.fileOpen,
    b: mode,
    payload: () => `s${path}`,
    read: (id, ended) => {
      const error = OPEN_ERRORS[ended];
      return error === undefined ? ok(fileOf(id as number)) : err(error as E);
    },
  });
}

function reading<T>(file: AsyncFile, max: number, read: (payload: Encoded) => T): Future<T> {
  return new Operation({ call: CALLS.fileRead, a: idAs(file, "asyncFile"), b: max, read, held: [file] });
}

/** Everything from the position to the end, as a payload. */
function* restAsPayload(file: AsyncFile): Async<string> {
  let rest = "b";
  for (;;) {
    const part = yield* reading(file, FILE_CALL_BYTES, String);
    if (part.length === 1) return rest;
    rest += part.slice(1);
  }
}

function* restOf(file: AsyncFile): Async<Uint8Array> {
  return decodeBytes(yield* restAsPayload(file));
}

function* restAsText(file: AsyncFile): Async<Result<string, "invalid-data">> {
  const text = decodeText(yield* restAsPayload(file));
  return text === null ? err("invalid-data") : ok(text);
}

function writing(file: AsyncFile, pieces: Pieces, at: number): Future<Result<number, "no-space">> {
  return new Operation<Result<number, "no-space">>({
    call: CALLS.fileWrite,
    a: idAs(file, "asyncFile"),
    payload: () => pieces.from(at, FILE_CALL_BYTES),
    read: (count, ended) => (ended === STATUS.ok ? ok(count as number) : err("no-space")),
    held: [file],
  });
}
