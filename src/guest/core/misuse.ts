import { CALLS } from "#abi";
import { kernelCall, threadId } from "./kernel.ts";

let name = "main";

/** The running thread's name. */
export function threadName(): string {
  return name;
}

/** Called in the copy that a spawn made: it is another thread now. */
export function becomeThread(given: string): void {
  name = given === "" ? `worker-${threadId()}` : given;
}

/** Ends the run: the program did what Rust's compiler or the library would have refused. Never returns. */
export function misuse(message: string): never {
  kernelCall(CALLS.misuse, 0, 0, `s${message.toWellFormed()}`);
  throw new TypeError(message);
}
