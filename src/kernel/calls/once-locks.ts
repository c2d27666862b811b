import { CALLS, STATUS, type Payload } from "#abi";
import { containerOf } from "../endpoints.ts";
import type { Handler, Handlers } from "../handler.ts";
import type { Kernel } from "../kernel.ts";
import { OnceLock } from "../once-lock.ts";
import type { Thread } from "../thread.ts";

const object = (_kernel: Kernel, thread: Thread): number => thread.a;

function onceOf(kernel: Kernel, thread: Thread): OnceLock {
  return kernel.objects.get(thread.a, "once-lock");
}

function store(kernel: Kernel, thread: Thread, once: OnceLock, value: Payload): void {
  if (!kernel.ownership.checkCarried(thread, value)) return;
  kernel.ownership.carry(thread, value, containerOf(once.id), `the value of ${kernel.label(once)}`);
  once.value = value;
}

/** A call that waits while another thread computes the value; in the thread that computes it that wait never ends. */
function afterInit(perform: (kernel: Kernel, thread: Thread, once: OnceLock) => void): Handler<Thread> {
  return {
    visible: true,
    object,
    begin: (kernel, thread) => {
      const once = onceOf(kernel, thread);
      if (once.initialiser === thread)
        kernel.misuse(
          thread,
          `${thread.name} uses ${kernel.label(once)} while it computes its value: that waits for itself. Let the function given to getOrInit() return the value, and use nothing of the OnceLock in it.`,
        );
    },
    ready: (kernel, thread) => onceOf(kernel, thread).initialiser === null,
    perform: (kernel, thread) => perform(kernel, thread, onceOf(kernel, thread)),
    wait: (kernel, thread) => {
      const once = onceOf(kernel, thread);
      const { initialiser } = once;
      return {
        reason: `waits until ${initialiser?.name} has computed ${kernel.label(once)}`,
        threads: initialiser === null ? [] : [initialiser.id],
      };
    },
  };
}

/** A value that is computed or set once, after Rust's std::sync::OnceLock. */
export const onceLockCalls: Handlers<Thread> = {
  [CALLS.onceNew]: {
    visible: false,
    pure: true,
    perform: (kernel, thread) => thread.complete(kernel.objects.make((id) => new OnceLock(id, thread.at)).id),
  },

  [CALLS.onceGet]: {
    visible: true,
    object,
    perform: (kernel, thread) => {
      const { value } = onceOf(kernel, thread);
      if (value === null) thread.complete(0, STATUS.empty);
      else thread.complete(value);
    },
  },

  [CALLS.onceSet]: afterInit((kernel, thread, once) => {
    if (once.value !== null) return thread.complete(0, STATUS.full);
    store(kernel, thread, once, thread.payload);
    thread.complete(0);
  }),

  // `empty`: the caller is to compute the value, and then to say so with onceEnd.
  [CALLS.onceBegin]: afterInit((_kernel, thread, once) => {
    if (once.value !== null) return thread.complete(once.value);
    once.initialiser = thread;
    thread.complete(0, STATUS.empty);
  }),

  // The value (b is 1) or, after an error, none. One step with the local code that follows, unless a get could tell.
  [CALLS.onceEnd]: {
    visible: { probedBy: [CALLS.onceGet] },
    object,
    perform: (kernel, thread) => {
      const once = onceOf(kernel, thread);
      if (thread.b === 1) store(kernel, thread, once, thread.payload);
      once.initialiser = null;
      thread.complete(0);
    },
  },
};
