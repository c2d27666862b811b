import { OPEN, type FileEvent } from "#abi";
import type { Objects } from "../objects.ts";
import type { DiskFile, Sync } from "./file.ts";
import { OpenFile } from "./open-file.ts";
import { DEFAULT_DISK, type DiskSettings } from "./settings.ts";

/** A name was given (`file`) or taken away (null). A rename is two of them with one order: both happen or none. */
export interface Naming {
  readonly order: number;
  readonly timeNs: number;
  readonly path: string;
  readonly file: DiskFile | null;
}

/** Why a file could not be opened. */
export type OpenFailure = "notFound" | "alreadyExists" | "tooManyOpenFiles";

/**
 * The disk of one run: which names lead to which files, and how much room is left. Owns the order of everything that
 * changes, over all files, so that a crash can be asked about at any instant (crash.ts).
 *
 * Simplified: there are no folders, a path is one name with slashes in it. Any number of calls are under way at once,
 * as on an SSD. Names are kept in a journal of their own, in order, and every sync of any file writes all of it, as
 * ext4 does: a program cannot tell where it syncs what it renames.
 */
export class Disk {
  /** What calls on names are about, for choices and the trace. */
  readonly type = "disk";
  readonly id: number;
  readonly site = 0;
  readonly names = new Map<string, DiskFile>();
  readonly namings: Naming[] = [];
  /** What was done with files, by the name each was opened under. */
  readonly events: { readonly path: string; readonly event: FileEvent }[] = [];
  /** Number of the last change, of names and contents together. */
  order = 0;
  /** Names up to this order survive a crash, from an instant on. */
  readonly nameSyncs: Sync[] = [];
  /** Bytes written in the whole run: its history is kept. */
  written = 0;

  readonly #objects: Objects;
  /** Files that take room: they have a name, or somebody has them open. */
  readonly #files = new Set<DiskFile>();
  #settings = DEFAULT_DISK;
  readonly #settingsOf = new Map<string, DiskSettings>();
  readonly #open = new Set<OpenFile>();

  constructor(id: number, objects: Objects) {
    this.id = id;
    this.#objects = objects;
  }

  /** Settings that hold for `path`. */
  settings(path: string): DiskSettings {
    return this.#settingsOf.get(path) ?? this.#settings;
  }

  /** Changes settings of one file, or of all that have none of their own. */
  configure(settings: Partial<DiskSettings>, path: string | null): void {
    if (path === null) this.#settings = { ...this.#settings, ...settings };
    else this.#settingsOf.set(path, { ...this.settings(path), ...settings });
  }

  /** Bytes that further content may take. A file without a name takes room as long as it is open. */
  get free(): number {
    let used = 0;
    for (const file of this.#files) used += file.content.length;
    return Math.max(0, this.#settings.bytesMax - used);
  }

  /** Opens `path` as `mode` says: makes the file, or empties it, where it must. */
  open(path: string, mode: number, by: { timeNs: number; site: number }): OpenFile | OpenFailure {
    let file = this.names.get(path);
    if (file !== undefined && (mode & OPEN.createNew) !== 0) return "alreadyExists";
    if (file === undefined && (mode & (OPEN.create | OPEN.createNew)) === 0) return "notFound";
    if (this.isCrowded) return "tooManyOpenFiles";
    file ??= this.create(path, by);
    if ((mode & OPEN.truncate) !== 0 && file.content.length > 0) this.empty(file, by.timeNs);
    file.opens++;
    const open = new OpenFile({ site: by.site, path, file, mode }, (closed) => {
      this.#open.delete(closed);
      closed.file.opens--;
      this.#forget(closed.file);
    });
    this.#open.add(open);
    return open;
  }

  /** As many files are open as may be; a further handle of an open file counts, too. */
  get isCrowded(): boolean {
    let handles = 0;
    for (const open of this.#open) handles += open.handles;
    return handles >= this.#settings.openMax;
  }

  /** Makes an empty file; what the name led to before has lost it. */
  create(path: string, by: { timeNs: number; site: number }): DiskFile {
    const file = this.#objects.file(by.site, path);
    this.#name(path, file, by.timeNs, ++this.order);
    return file;
  }

  /** Takes the name away; who has the file open can go on using it. */
  remove(path: string, timeNs: number): DiskFile | null {
    const file = this.names.get(path);
    if (file === undefined) return null;
    this.#name(path, null, timeNs, ++this.order);
    return file;
  }

  /** What the world puts there, as though it had been on the disk for long; every name given before is safe, too. */
  put(path: string, bytes: string | null, timeNs: number): void {
    if (bytes === null) {
      this.remove(path, timeNs);
      this.nameSyncs.push({ timeNs, order: this.order });
      return;
    }
    const file = this.names.get(path) ?? this.create(path, { timeNs, site: 0 });
    if (file.content.length > 0) this.empty(file, timeNs);
    if (bytes.length > 0) this.write(file, 0, bytes, timeNs);
    this.sync(file, this.order, timeNs);
  }

  /** Gives the file another name, at one instant; what had that name before has lost it. */
  rename(from: string, to: string, timeNs: number): DiskFile | null {
    const file = this.names.get(from);
    if (file === undefined) return null;
    const order = ++this.order;
    this.#name(from, null, timeNs, order);
    this.#name(to, file, timeNs, order);
    return file;
  }

  write(file: DiskFile, at: number, bytes: string, timeNs: number): void {
    file.apply({ order: ++this.order, timeNs, at, bytes });
    this.written += bytes.length;
  }

  empty(file: DiskFile, timeNs: number): void {
    file.apply({ order: ++this.order, timeNs, at: -1, bytes: "" });
  }

  /** From now on everything done to `file` up to change `order` survives a crash, and every name given by then. */
  sync(file: DiskFile, order: number, timeNs: number): void {
    addSync(file.syncs, file.changes, { order, timeNs });
    addSync(this.nameSyncs, this.namings, { order, timeNs });
  }

  #name(path: string, file: DiskFile | null, timeNs: number, order: number): void {
    const before = this.names.get(path);
    if (before !== undefined) {
      before.named = false;
      this.#forget(before);
    }
    if (file === null) this.names.delete(path);
    else {
      file.named = true;
      this.#files.add(file);
      this.names.set(path, file);
    }
    this.namings.push({ order, timeNs, path, file });
  }

  #forget(file: DiskFile): void {
    if (!file.named && file.opens === 0) this.#files.delete(file);
  }
}

/** Notes `sync`, unless it saves nothing that was not safe before. */
function addSync(syncs: Sync[], changes: readonly { readonly order: number }[], sync: Sync): void {
  const last = changes.findLast(({ order }) => order <= sync.order)?.order ?? 0;
  if (last > (syncs.at(-1)?.order ?? 0)) syncs.push(sync);
}
