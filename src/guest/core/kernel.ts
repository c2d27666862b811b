import { ENTRY, MAILBOX } from "#abi";

/** The one door out of the guest; defined by the host before this library is loaded, taken away after. */
declare const __kernel: (call: number, a?: number, b?: number, payload?: Encoded, c?: number) => Encoded;

/** A value as it crosses the boundary: see codec.ts. */
export type Encoded = number | string;

const kernel = __kernel;
Reflect.deleteProperty(globalThis, "__kernel");

/** Read and written by both sides: site, thread, status, entry. */
export const mailbox = new Int32Array(MAILBOX.length);

/** Makes a kernel call; the thread may be suspended in it for as long as it takes. */
export const kernelCall: typeof kernel = kernel;

/** How the last kernel call of this thread ended, a number of STATUS. */
export function status(): number {
  return mailbox[MAILBOX.status] as number;
}

/** Number of the running thread, 0 for the first. */
export function threadId(): number {
  return mailbox[MAILBOX.thread] as number;
}

/** What this run executes: a number of ENTRY, or the index of a check. */
export function entryCode(): number {
  return mailbox[MAILBOX.entry] as number;
}

export { ENTRY };
