import { Content } from "./content.ts";

/** One thing that was done to a file's content, in the order of the whole disk. */
export interface Change {
  readonly order: number;
  readonly timeNs: number;
  /** Where it was written; -1 where the file was emptied. */
  readonly at: number;
  readonly bytes: string;
}

/** From `timeNs` on, every change up to `order` survives a crash. */
export interface Sync {
  readonly timeNs: number;
  readonly order: number;
}

/**
 * A file's content, as every program sees it at once: what was written is in memory, and on the disk only when it was
 * synced. Lives as long as it has a name or is open, as an inode does. Keeps its whole history for questions about
 * crashes.
 */
export class DiskFile {
  readonly type = "file";
  readonly id: number;
  readonly site: number;
  /** The name it was made under. */
  readonly path: string;
  readonly content = new Content();
  readonly changes: Change[] = [];
  readonly syncs: Sync[] = [];
  named = true;
  /** Open files that lead here. */
  opens = 0;

  constructor(id: number, site: number, path: string) {
    this.id = id;
    this.site = site;
    this.path = path;
  }

  apply(change: Change): void {
    this.changes.push(change);
    applyTo(this.content, change);
  }

  /** The last change that a crash at `timeNs` cannot take back; 0 where there is none. */
  durableAt(timeNs: number): number {
    return this.syncs.findLast((sync) => sync.timeNs <= timeNs)?.order ?? 0;
  }

  contentAt(timeNs: number): string {
    const content = new Content();
    for (const change of this.changes) {
      if (change.timeNs > timeNs) break;
      applyTo(content, change);
    }
    return content.read(0, content.length);
  }
}

export function applyTo(content: Content, { at, bytes }: Change): void {
  if (at < 0) content.clear();
  else content.write(at, bytes);
}
