/**
 * A kernel object that threads own through handles, each with owners of its own: a socket, an open file,
 * permits of a semaphore. When the
 * last handle has lost its last owner it is closed.
 */
export interface Resource {
  readonly type: "listener" | "stream" | "file" | "permit";
  readonly id: number;
  readonly site: number;
  /** What messages call it, where the name of a variable would not tell: a socket by its port. */
  readonly title?: string;
  /** Handles that still have an owner. */
  handles: number;
  /** No handle is left. */
  close(): void;
}
