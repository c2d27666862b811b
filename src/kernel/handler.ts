import type { Caller } from "./caller.ts";
import type { Kernel } from "./kernel.ts";

/** Why a caller cannot go on: in words, and which owners (threads and tasks) could end the wait. */
export interface Wait {
  readonly reason: string;
  readonly threads: readonly number[];
}

/** Visible only while another thread stands before one of these calls (on the same object, where there is one). */
export interface Probed {
  readonly probedBy: readonly number[];
}

/**
 * What one kernel call means. The caller carries the arguments (a, b, payload) and takes the reply. Methods that need
 * the thread itself ask for a `Thread`; calls that tasks wait for without blocking their thread (`waitable`) must not.
 */
export interface Handler<C extends Caller = Caller> {
  /** Another thread could observe it: a choice point stands before it. */
  readonly visible: boolean | Probed;
  /** Changes nothing that other threads could act upon: what was chosen before it still holds after it. */
  readonly pure?: boolean;
  /** A task can start it as an operation, ask later whether it is ready, and give it up. */
  readonly waitable?: boolean;
  /** The kernel object it touches, for choices and traces; 0 where none. */
  object?(kernel: Kernel, caller: C): number;
  /** Sets deadlines, queues up and the like, once, when the call begins. */
  begin?(kernel: Kernel, caller: C): void;
  /** Whether it can take effect now; absent: always. Depends on the object, the clock and what `begin` noted only. */
  ready?(kernel: Kernel, caller: C): boolean;
  /** Takes effect: completes the caller, or leaves it pending for a second phase. */
  perform(kernel: Kernel, caller: C): void;
  /** Given up before it took effect: undoes what `begin` did, and passes on what it had been granted. */
  cancel?(kernel: Kernel, caller: C): void;
  /** What the call waits for while it is not ready. */
  wait?(kernel: Kernel, caller: C): Wait;
}

export type Handlers<C extends Caller = Caller> = Readonly<Partial<Record<number, Handler<C>>>>;
