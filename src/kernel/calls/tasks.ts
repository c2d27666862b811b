import { CALLS } from "#abi";
import { formatMs } from "#base";
import type { Handlers } from "../handler.ts";
import type { Thread } from "../thread.ts";

/** Futures: tasks and their executors, operations that a future waits for, wakers. */
export const taskCalls: Handlers<Thread> = {
  [CALLS.taskNew]: {
    visible: false,
    perform: (kernel, thread) => {
      const [name = "", captures = ""] = String(thread.payload).slice(1).split("\n");
      const task = kernel.tasks.create(thread, thread.a === 1, name, captures);
      if (task !== null) thread.complete(task.id);
    },
  },

  // With 1 it never waits: 0 where no task is woken.
  [CALLS.taskNext]: {
    visible: true,
    begin: (kernel, thread) => kernel.tasks.suspend(thread),
    ready: (_kernel, thread) => thread.a === 1 || (thread.executor?.woken.length ?? 0) > 0,
    perform: (kernel, thread) => kernel.tasks.next(thread),
    wait: (_kernel, thread) => {
      const waiting = [...(thread.executor?.tasks ?? [])].filter((task) => !task.isRoot);
      return {
        reason: `waits until ${waiting.length === 1 ? waiting[0]?.name : "one of its tasks"} is woken`,
        threads: waiting.map((task) => task.owner),
      };
    },
  },

  [CALLS.taskEnd]: {
    visible: true,
    object: (_kernel, thread) => thread.executor?.current?.id ?? 0,
    perform: (kernel, thread) => {
      kernel.tasks.end(thread, thread.a, thread.payload);
      thread.complete(0);
    },
  },

  [CALLS.taskAbort]: {
    visible: true,
    object: (_kernel, thread) => thread.a,
    perform: (kernel, thread) => {
      kernel.tasks.abort(kernel.objects.getTask(thread.a));
      thread.complete(0);
    },
  },

  /** Every task of this thread is to be dropped. */
  [CALLS.taskAbortAll]: {
    visible: false,
    perform: (kernel, thread) => {
      for (const task of thread.executor?.tasks ?? []) kernel.tasks.abort(task);
      thread.complete(0);
    },
  },

  [CALLS.taskIsFinished]: {
    visible: true,
    object: (_kernel, thread) => thread.a,
    perform: (kernel, thread) => thread.complete(kernel.objects.getTask(thread.a).alive ? 0 : 1),
  },

  [CALLS.taskJoin]: {
    visible: true,
    waitable: true,
    object: (_kernel, caller) => caller.a,
    ready: (kernel, caller) => !kernel.objects.getTask(caller.a).alive,
    perform: (kernel, caller) => {
      const task = kernel.objects.getTask(caller.a);
      kernel.tasks.takeResult(task, caller);
      caller.complete(task.result, task.outcome);
    },
    wait: (kernel, caller) => {
      const task = kernel.objects.getTask(caller.a);
      return { reason: `waits for ${task.name} to end`, threads: [task.owner] };
    },
  },

  /** The first thread's body is over, though its executor goes on. */
  [CALLS.bodyEnd]: {
    visible: false,
    perform: (kernel, thread) => {
      kernel.bodyEndedNs = kernel.nowNs;
      thread.complete(0);
    },
  },

  [CALLS.operationPoll]: {
    visible: true,
    object: (kernel, thread) => kernel.operations.objectOfNumber(thread.a),
    perform: (kernel, thread) => kernel.operations.poll(thread),
  },

  [CALLS.operationDrop]: {
    visible: false,
    perform: (kernel, thread) => {
      kernel.operations.drop(thread.a);
      thread.complete(0);
    },
  },

  [CALLS.wake]: {
    visible: true,
    object: (_kernel, thread) => thread.a,
    perform: (kernel, thread) => {
      kernel.wake(thread.a);
      thread.complete(0);
    },
  },

  /** A waker that unparks thread `a`, or (`b` is 1) sends the payload with sender `a`. */
  [CALLS.wakerNew]: {
    visible: false,
    pure: true,
    perform: (kernel, thread) => {
      const target = thread.b === 1 ? { sender: thread.a, message: thread.payload } : { thread: thread.a };
      thread.complete(kernel.objects.waker(thread.at, target).id);
    },
  },

  /** One of the numbers below `a`: what the program leaves open. */
  [CALLS.pick]: {
    visible: false,
    perform: (kernel, thread) => thread.complete(thread.a < 2 ? 0 : kernel.pickNumber(thread, thread.a)),
  },

  [CALLS.sleepUntil]: {
    visible: false,
    waitable: true,
    begin: (_kernel, caller) => {
      caller.deadlineNs = caller.a;
    },
    ready: (kernel, caller) => caller.a <= kernel.nowNs,
    perform: (_kernel, caller) => caller.complete(0),
    wait: (_kernel, caller) => ({ reason: `sleeps until ${formatMs(caller.a)}`, threads: [] }),
  },

  [CALLS.warn]: {
    visible: false,
    pure: true,
    perform: (kernel, thread) => {
      kernel.reports.warn(String(thread.payload).slice(1), thread.a === 0 ? thread.at : thread.a);
      thread.complete(0);
    },
  },
};
