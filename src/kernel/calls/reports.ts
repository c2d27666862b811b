import { CALLS } from "#abi";
import type { Handlers } from "../handler.ts";
import type { Thread } from "../thread.ts";

/** What a guest tells the outside: printed lines, misuse, the results of checks. Nothing another thread could see. */
export const reportCalls: Handlers<Thread> = {
  [CALLS.print]: {
    visible: false,
    pure: true,
    perform: (kernel, thread) => kernel.reports.print(thread, String(thread.payload).slice(1)),
  },
  [CALLS.misuse]: {
    visible: false,
    perform: (kernel, thread) => kernel.misuse(thread, String(thread.payload).slice(1)),
  },
  [CALLS.checkFailed]: {
    visible: false,
    perform: (kernel, thread) => kernel.fail("check-failed", String(thread.payload).slice(1), thread),
  },
  [CALLS.expectation]: {
    visible: false,
    pure: true,
    perform: (kernel, thread) => {
      kernel.expectations++;
      thread.complete(0);
    },
  },
  [CALLS.checkList]: {
    visible: false,
    pure: true,
    perform: (kernel, thread) => {
      kernel.checkList = String(thread.payload).slice(1);
      thread.complete(0);
    },
  },
  [CALLS.callCount]: {
    visible: false,
    pure: true,
    perform: (kernel, thread) => thread.complete(kernel.calls),
  },
  [CALLS.liveTasks]: {
    visible: false,
    perform: (kernel, thread) => thread.complete(kernel.liveTasks().length),
  },
  [CALLS.liveThreads]: {
    visible: false,
    perform: (kernel, thread) => thread.complete(kernel.threads.filter((other) => other.alive).length),
  },
};
