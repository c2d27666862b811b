import { CALLS } from "#abi";
import type { Handlers } from "../handler.ts";
import { TaskSet } from "../task-set.ts";

/** Waiting for the first of several tasks that ends. */
export const taskSetCalls: Handlers = {
  [CALLS.taskSetNew]: {
    visible: false,
    pure: true,
    perform: (kernel, caller) => caller.complete(kernel.objects.make((id) => new TaskSet(id, caller.at)).id),
  },

  // Task `b` is one of the set.
  [CALLS.taskSetAdd]: {
    visible: false,
    perform: (kernel, caller) => {
      kernel.objects.get(caller.a, "task-set").add(kernel.objects.getTask(caller.b));
      kernel.touch(caller.a);
      caller.complete(0);
    },
  },

  // The number of the task that ended first, which leaves the set; 0 where the set is empty.
  [CALLS.taskSetNext]: {
    visible: true,
    waitable: true,
    object: (_kernel, caller) => caller.a,
    ready: (kernel, caller) => {
      const set = kernel.objects.get(caller.a, "task-set");
      return set.ended.length > 0 || set.running.size === 0;
    },
    perform: (kernel, caller) => {
      const task = kernel.objects.get(caller.a, "task-set").ended.shift();
      caller.complete(task?.id ?? 0, task?.outcome);
    },
    wait: (kernel, caller) => {
      const running = [...kernel.objects.get(caller.a, "task-set").running];
      const names = running.map((task) => task.name).join(" or ");
      return { reason: `waits for ${names} to end`, threads: running.map((task) => task.owner) };
    },
  },
};
