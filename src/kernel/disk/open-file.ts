import { OPEN } from "#abi";
import type { Resource } from "../resource.ts";
import type { DiskFile } from "./file.ts";

/**
 * A file as it was opened: where the next read or write happens, and what is allowed. Handles made by `tryClone` lead
 * to the same one, so they share its position.
 */
export class OpenFile implements Resource {
  readonly type = "file";
  readonly id: number;
  /** Where it was opened. */
  readonly site: number;
  /** The name it was opened under. */
  readonly path: string;
  readonly file: DiskFile;
  readonly mode: number;
  handles = 0;
  position = 0;
  readonly #onClose: (open: OpenFile) => void;

  constructor(
    opened: { site: number; path: string; file: DiskFile; mode: number },
    onClose: (open: OpenFile) => void,
  ) {
    this.id = opened.file.id;
    this.site = opened.site;
    this.path = opened.path;
    this.file = opened.file;
    this.mode = opened.mode;
    this.#onClose = onClose;
  }

  get readable(): boolean {
    return (this.mode & OPEN.read) !== 0;
  }

  get writable(): boolean {
    return (this.mode & (OPEN.write | OPEN.append)) !== 0;
  }

  get appends(): boolean {
    return (this.mode & OPEN.append) !== 0;
  }

  close(): void {
    this.#onClose(this);
  }
}
