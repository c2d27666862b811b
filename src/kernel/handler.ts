import type { Kernel } from "./kernel.ts";
import type { Thread } from "./thread.ts";

/** Why a thread cannot go on: in words, and which threads could end the wait. */
export interface Wait {
  readonly reason: string;
  readonly threads: readonly number[];
}

/** What one kernel call means. The thread carries the arguments (a, b, payload) and takes the reply. */
export interface Handler {
  /** Another thread could observe it: a choice point stands before it. */
  readonly visible: boolean | ((kernel: Kernel, thread: Thread) => boolean);
  /** Changes nothing that other threads could act upon: what was chosen before it still holds after it. */
  readonly pure?: boolean;
  /** The kernel object it touches, for choices and traces; 0 where none. */
  object?(kernel: Kernel, thread: Thread): number;
  /** Sets deadlines and the like, once, when the call begins. */
  begin?(kernel: Kernel, thread: Thread): void;
  /** Whether it can take effect now; absent: always. */
  ready?(kernel: Kernel, thread: Thread): boolean;
  /** Takes effect: completes the thread, or leaves it pending for a second phase. */
  perform(kernel: Kernel, thread: Thread): void;
  /** What the call waits for while it is not ready. */
  wait?(kernel: Kernel, thread: Thread): Wait;
}

export type Handlers = Readonly<Partial<Record<number, Handler>>>;
