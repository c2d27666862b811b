import { MAILBOX } from "#abi";
import { mailbox } from "./kernel.ts";

/** Called by compiled programs: the next kernel call is made at `site`. Returns `value`. */
export function located<T>(value: T, site: number): T {
  mailbox[MAILBOX.site] = site;
  return value;
}

/** Where the program is: kernel calls are made there until it calls something else. */
export function currentSite(): number {
  return mailbox[MAILBOX.site] as number;
}

/** Called by compiled programs for the subject of `for … of`: marks the loop's head before every step of a receiver. */
export function iterate<T>(subject: Iterable<T>, site: number): Iterable<T> {
  mailbox[MAILBOX.site] = site;
  if (Array.isArray(subject) || typeof subject === "string" || subject === null || subject === undefined)
    return subject;
  return {
    [Symbol.iterator]() {
      const iterator = subject[Symbol.iterator]();
      const step: Iterator<T> = {
        next: () => {
          mailbox[MAILBOX.site] = site;
          return iterator.next();
        },
      };
      if (typeof iterator.return === "function")
        step.return = (value) => iterator.return?.(value) as IteratorResult<T>;
      return step;
    },
  };
}
