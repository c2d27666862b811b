import { CALLS, FILE_CALL_BYTES, OPEN, SEEK, STATUS } from "#abi";
import { decodeBytes, decodeText, piecesOf } from "../core/bytes.ts";
import { Handle, type HandleKey, idAs, KEY, reviveWith } from "../core/handle.ts";
import { inspect } from "../core/inspect.ts";
import { kernelCall, status } from "../core/kernel.ts";
import { checkPath } from "../core/path.ts";
import { err, ok, type Result } from "../core/result.ts";

/**
 * How `File.openWith` opens a file; what is not said is false.
 * @rust std::fs::OpenOptions
 */
export interface OpenOptions {
  /** It can be read. */
  readonly read?: boolean;
  /** Writing begins at the start and replaces what is there. */
  readonly write?: boolean;
  /** Every write goes to the file's end, wherever that is by then. */
  readonly append?: boolean;
  /** Makes the file where there is none; needs `write` or `append`. */
  readonly create?: boolean;
  /** Makes the file, and fails where there is one already; needs `write` or `append`. */
  readonly createNew?: boolean;
  /** Empties the file; needs `write`. */
  readonly truncate?: boolean;
}

/**
 * What a position is counted from.
 * @rust std::io::SeekFrom
 */
export type SeekFrom = "start" | "current" | "end";

/** Why a file could not be opened. */
export type OpenError = "not-found" | "already-exists" | "too-many-open-files";

/**
 * An open file. What is written is seen by every reader at once; it survives a crash of the machine only once `sync`
 * has returned. It moves into a thread whose closure names it, as in Rust, and is closed when its last owner ends;
 * what it wrote stays.
 *
 * One call moves at most 64 KiB and takes effect at one instant: a reader sees all of a write or nothing of it. More
 * than that takes several calls (`writeAll` and `readToEnd` make them), and others may come between.
 *
 * A crash keeps everything that was synced. Of what was written since, a part survives that depends on chance: in
 * order, from the first write on, up to any byte. New names, renames and removals survive in order, too; a `sync` of
 * any file makes all those before it safe. So write a new file, sync it, and rename it over the old one: whoever
 * looks after a crash finds the old content or the new one, and nothing in between.
 * @rust std::fs::File
 * @differs The path is a name on the simulated disk, and the errors are those that can happen there.
 * @example
 * ```ts
 * import { File, readToString, rename } from "std/fs";
 * const created = File.create("score.new");
 * if (!created.ok) throw new Error(created.error);
 * {
 *   using file = created.value;
 *   file.writeAll("ada 3\n");
 *   file.sync();
 * }
 * rename("score.new", "score");
 * const text = readToString("score");
 * console.log(text.ok ? text.value.trim() : text.error); // ada 3
 * const gone = File.open("score.new");
 * console.log(gone.ok ? "there" : gone.error); // not-found
 * ```
 */
export class File extends Handle {
  /** @internal Use `File.open`, `File.create` or `File.append`. */
  constructor(key: HandleKey, id: number) {
    super(key, "file", id);
  }

  /**
   * Opens a file for reading, from its start. Takes 0.1 ms.
   * @rust std::fs::File::open
   */
  static open(path: string): Result<File, "not-found" | "too-many-open-files"> {
    return open<"not-found" | "too-many-open-files">(path, OPEN.read, "File.open(path)");
  }

  /**
   * Makes a file for writing, or empties the one there is. Takes 0.1 ms.
   * @rust std::fs::File::create
   */
  static create(path: string): Result<File, "too-many-open-files"> {
    return open<"too-many-open-files">(path, OPEN.write | OPEN.create | OPEN.truncate, "File.create(path)");
  }

  /**
   * Opens a file for reading, and for writing at its end; makes it where there is none. Reading begins at the start; a
   * write leaves the position at the end, so `seek(0)` before reading again. Takes 0.1 ms.
   * @rust std::fs::OpenOptions::append
   * @differs A short name for what Rust spells out: read, append and create.
   */
  static append(path: string): Result<File, "too-many-open-files"> {
    return open<"too-many-open-files">(path, OPEN.read | OPEN.append | OPEN.create, "File.append(path)");
  }

  /**
   * Opens a file in any other way. Takes 0.1 ms.
   * @throws TypeError where the options contradict each other.
   * @rust std::fs::OpenOptions::open
   */
  static openWith(path: string, options: OpenOptions): Result<File, OpenError> {
    return open<OpenError>(
      path,
      modeOf(options, "File.openWith(path, options)"),
      "File.openWith(path, options)",
    );
  }

  /**
   * At most `max` bytes from the position on, fewer where the file ends, none at its end; moves the position behind
   * them. One call reads at most 64 KiB. Takes 0.01 ms, and 0.004 ms for each 4 KiB beyond the first.
   * @throws RangeError where `max` is no whole number from 1.
   * @rust std::io::Read::read
   */
  read(max: number): Uint8Array {
    return decodeBytes(kernelCall(CALLS.fileRead, idAs(this, "file"), checkCount(max)));
  }

  /**
   * Everything from the position to the end, in as many reads as it takes: the last one finds nothing more. While
   * somebody writes, what is read may hold the later of two changes without the earlier one.
   * @rust std::io::Read::read_to_end
   */
  readToEnd(): Uint8Array {
    return decodeBytes(readRest(this));
  }

  /**
   * As `readToEnd`, as text: `"invalid-data"` where it is not UTF-8.
   * @rust std::io::Read::read_to_string
   */
  readToString(): Result<string, "invalid-data"> {
    const text = decodeText(readRest(this));
    return text === null ? err("invalid-data") : ok(text);
  }

  /**
   * Writes at the position (with `append`: at the end) and moves the position behind it; text becomes UTF-8. Says how
   * many bytes were written: fewer than given where there are more than 64 KiB or the disk (4 MB) is nearly full;
   * `"no-space"` where not one fits. Takes 0.01 ms, and 0.004 ms for each 4 KiB beyond the first.
   * @rust std::io::Write::write
   */
  write(data: Uint8Array | string): Result<number, "no-space"> {
    return writeOnce(this, piecesOf(data, "write(data)").from(0, FILE_CALL_BYTES));
  }

  /**
   * Writes all of it, in as many writes as it takes; text becomes UTF-8. After `"no-space"` a part may have been
   * written.
   * @rust std::io::Write::write_all
   */
  writeAll(data: Uint8Array | string): Result<void, "no-space"> {
    const pieces = piecesOf(data, "writeAll(data)");
    for (let at = 0; at < pieces.length;) {
      const written = writeOnce(this, pieces.from(at, FILE_CALL_BYTES));
      if (!written.ok) return written;
      at += written.value;
    }
    return ok(undefined);
  }

  /**
   * Moves the position of the next read or write, and says where it is now, counted in bytes from the start. `offset`
   * counts from the start, from the current position or from the end of the file; a position beyond the end is
   * allowed, and a write there fills the gap with zeros. Takes no time.
   * @throws RangeError where the position would lie before the start.
   * @rust std::io::Seek::seek
   */
  seek(offset: number, from: SeekFrom = "start"): number {
    const whence = whenceOf(offset, from);
    const position = kernelCall(CALLS.fileSeek, idAs(this, "file"), offset, "u", whence) as number;
    return status() === STATUS.badPosition ? beforeStart(offset, from, position) : position;
  }

  /**
   * Waits until everything written to the file before this call, and every name given before it, is on the disk itself
   * and survives a crash. What others write meanwhile is not promised. Takes 5 ms.
   * @rust std::fs::File::sync_all
   */
  sync(): void {
    kernelCall(CALLS.fileSync, idAs(this, "file"));
  }

  /**
   * A second handle of the same open file, for another thread: both share one position.
   * @rust std::fs::File::try_clone
   */
  tryClone(): Result<File, "too-many-open-files"> {
    const id = kernelCall(CALLS.fileClone, idAs(this, "file")) as number;
    return status() === STATUS.ok ? ok(handleOf(id)) : err("too-many-open-files");
  }

  /**
   * Gives the file up; using it afterwards is a mistake. Does not sync. Takes no time.
   * @rust std::mem::drop
   */
  close(): void {
    kernelCall(CALLS.fileClose, idAs(this, "file"));
  }

  /** At the end of a `using` block: closes the file, unless that was done or it has moved elsewhere. */
  [Symbol.dispose](): void {
    kernelCall(CALLS.fileClose, idAs(this, "file"), 1);
  }
}

function handleOf(id: number): File {
  return new File(KEY, id);
}

reviveWith("file", handleOf);

function open<E extends OpenError>(path: string, mode: number, what: string): Result<File, E> {
  const id = kernelCall(CALLS.fileOpen, 0, mode, `s${checkPath(path, what)}`) as number;
  switch (status()) {
    case STATUS.notFound:
      return err("not-found" as E);
    case STATUS.alreadyExists:
      return err("already-exists" as E);
    case STATUS.tooManyOpenFiles:
      return err("too-many-open-files" as E);
    default:
      return ok(handleOf(id));
  }
}

/** `max`, or a clear error where it is no number of bytes to read. */
export function checkCount(max: number): number {
  if (Number.isSafeInteger(max) && max > 0) return max;
  throw new RangeError(`read(max) needs a whole number from 1, got ${inspect(max)}`);
}

/** The number that the kernel knows `from` by. */
export function whenceOf(offset: number, from: SeekFrom): number {
  if (!Number.isSafeInteger(offset))
    throw new RangeError(`seek(offset) needs a whole number of bytes, got ${inspect(offset)}`);
  const whence = Object.hasOwn(SEEK, from) ? SEEK[from] : undefined;
  if (whence === undefined)
    throw new TypeError(`seek(offset, from) needs "start", "current" or "end", got ${inspect(from)}`);
  return whence;
}

/** Says that a `seek` counted from `position` would lead before the start. */
export function beforeStart(offset: number, from: SeekFrom, position: number): never {
  throw new RangeError(
    `seek(${offset}, "${from}") would lead before the start of the file: ${from === "start" ? "positions count from 0" : `counted from ${position}, it can go back ${position} at most`}`,
  );
}

/** The number that the options make; Rust's rules for what goes together. */
export function modeOf(options: OpenOptions, what: string): number {
  const { read, write, append, create, createNew, truncate } = options;
  if (!read && !write && !append)
    throw new TypeError(`${what} needs \`read\`, \`write\` or \`append\` to be true`);
  if ((create || createNew) && !write && !append)
    throw new TypeError(`${what} makes a file only for writing: set \`write\` or \`append\` as well`);
  if (truncate && (!write || append))
    throw new TypeError(`${what} empties a file only for \`write\`, without \`append\``);
  const chosen = { read, write, append, create, createNew, truncate };
  let mode = 0;
  for (const [name, bit] of Object.entries(OPEN)) if (chosen[name as keyof typeof OPEN]) mode |= bit;
  return mode;
}

/** Everything from the position to the end, as a payload. */
function readRest(file: File): string {
  const id = idAs(file, "file");
  let rest = "b";
  for (;;) {
    const part = kernelCall(CALLS.fileRead, id, FILE_CALL_BYTES) as string;
    if (part.length === 1) return rest;
    rest += part.slice(1);
  }
}

function writeOnce(file: File, payload: string): Result<number, "no-space"> {
  const written = kernelCall(CALLS.fileWrite, idAs(file, "file"), 0, payload) as number;
  return status() === STATUS.ok ? ok(written) : err("no-space");
}
