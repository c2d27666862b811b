import { Content } from "./content.ts";
import type { Disk } from "./disk.ts";
import { applyTo, type DiskFile } from "./file.ts";

/** Most contents that one question about a crash is answered with, and most bytes of all of them. */
const CONTENTS_MAX = 64;
const BYTES_MAX = 1024 * 1024;

/** What `path` held at the end of instant `timeNs`, as a program would read it; null where there was no file. */
export function contentAt(disk: Disk, path: string, timeNs: number): string | null {
  return fileAt(disk, path, Infinity, timeNs)?.contentAt(timeNs) ?? null;
}

/**
 * What `path` could hold after a crash at the end of instant `timeNs`, each content once, null for no file. Synced
 * changes are there. Of the others there is a prefix: of each file's writes, the last one of it possibly torn; and
 * of all names given and taken. First comes the least that can be left, last the most.
 */
export function contentsAfterCrash(disk: Disk, path: string, timeNs: number): readonly (string | null)[] {
  const contents = new Set<string | null>();
  for (const file of filesAfterCrash(disk, path, timeNs))
    if (file === null) contents.add(null);
    else for (const content of contentsOf(file, timeNs)) contents.add(content);
  return [...contents];
}

/** Instants at which a crash could begin to leave something else at `path`, in order. */
export function crashPoints(disk: Disk, path: string): readonly number[] {
  const instants = new Set<number>();
  const files = new Set<DiskFile>();
  for (const { path: named, file, timeNs } of disk.namings)
    if (named === path) {
      instants.add(timeNs);
      if (file !== null) files.add(file);
    }
  for (const file of files) {
    for (const { timeNs } of file.changes) instants.add(timeNs);
    for (const { timeNs } of file.syncs) instants.add(timeNs);
  }
  for (const { timeNs } of disk.nameSyncs) if (files.size > 0) instants.add(timeNs);
  return [...instants].sort((x, y) => x - y);
}

/** The file that `path` leads to once every naming up to `order` and `timeNs` has happened. */
function fileAt(disk: Disk, path: string, order: number, timeNs: number): DiskFile | null {
  const naming = disk.namings.findLast(
    (one) => one.path === path && one.order <= order && one.timeNs <= timeNs,
  );
  return naming?.file ?? null;
}

function filesAfterCrash(disk: Disk, path: string, timeNs: number): ReadonlySet<DiskFile | null> {
  const durable = disk.nameSyncs.findLast((sync) => sync.timeNs <= timeNs)?.order ?? 0;
  const files = new Set([fileAt(disk, path, durable, timeNs)]);
  for (const { order, timeNs: given } of disk.namings)
    if (order > durable && given <= timeNs) files.add(fileAt(disk, path, order, timeNs));
  return files;
}

/** Where there are too many, evenly spread ones: none of what is unsynced and all of it are always among them. */
function contentsOf(file: DiskFile, timeNs: number): readonly string[] {
  const durable = file.durableAt(timeNs);
  const content = new Content();
  const unsynced = file.changes.filter((change) => {
    if (change.order <= durable) applyTo(content, change);
    return change.order > durable && change.timeNs <= timeNs;
  });
  const contents = [textOf(content)];
  const size = Math.max(1, ...unsynced.map(({ at, bytes }) => at + bytes.length), content.length);
  const most = Math.max(3, Math.min(CONTENTS_MAX, Math.floor(BYTES_MAX / size)));
  const every = Math.ceil((2 * unsynced.length) / (most - 3)); // Infinity: the last change only
  for (const [i, change] of unsynced.entries()) {
    const shown = i === unsynced.length - 1 || i % every === every - 1;
    if (shown && change.bytes.length > 1) {
      const half = change.bytes.length >> 1;
      applyTo(content, { ...change, bytes: change.bytes.slice(0, half) });
      contents.push(textOf(content));
    }
    applyTo(content, change);
    if (shown) contents.push(textOf(content));
  }
  return contents;
}

function textOf(content: Content): string {
  return content.read(0, content.length);
}
