import type { BugName } from "#abi";
import type { RunOptions } from "#machine";

/** A program that fails, what its mistake is called, and parts of the sentence that says so. */
export interface FailingProgram {
  readonly title: string;
  readonly body: string;
  /** Null where no known name fits: a trap, or a mistake that has none. */
  readonly bug: BugName | null;
  readonly says?: readonly string[];
  /** What it may be called as well under a schedule that the search does not come to. */
  readonly also?: BugName;
  readonly rules?: NonNullable<RunOptions["rules"]>;
}

/** Line 1 of every program; its body begins with line 2. */
export const IMPORTS = [
  `import { spawn, scope, sleep, yieldNow, park } from "std/thread"`,
  `import { Mutex, Condvar, RwLock, Barrier, OnceLock, AtomicI32, AtomicBool, SharedCell, channel, syncChannel } from "std/sync"`,
  `import { assert, assertEq, panic } from "std/assert"`,
  `import { work } from "std/cpu"`,
  `import * as rt from "rt"`,
  `import * as rtSync from "rt/sync"`,
  `import * as rtTime from "rt/time"`,
].join("; ");
