import { endpointsOf, type Payload } from "#abi";
import { containerOf } from "../endpoints.ts";
import type { Caller } from "../caller.ts";
import type { Kernel } from "../kernel.ts";
import type { Thread } from "../thread.ts";

/** A lock's value as the kernel holds it while nobody works on it. */
interface Locked {
  readonly id: number;
  readonly site: number;
  readonly type: string;
  value: Payload;
}

interface HeldByThread extends Locked {
  isHeldBy(thread: Thread): boolean;
}

/** Takes the value of the call as the lock's; false (and a misuse) where `thread` may not give it back. */
export function giveBack(kernel: Kernel, thread: Thread, lock: HeldByThread): boolean {
  if (!lock.isHeldBy(thread)) {
    kernel.misuse(thread, `${kernel.label(lock)} is unlocked by ${thread.name}, which does not hold it.`);
    return false;
  }
  return keepValue(kernel, thread, lock);
}

/** Takes the value of the call as the lock's; false (and a misuse) where the caller may not give away what is in it. */
export function keepValue(kernel: Kernel, caller: Caller, lock: Locked): boolean {
  const { ownership, endpoints } = kernel;
  const container = containerOf(lock.id);
  const before = endpointsOf(lock.value);
  if (!ownership.checkCarried(caller, caller.payload, before)) return false;
  ownership.carry(caller, caller.payload, container, `the value of ${kernel.label(lock)}`);
  // What is not in the value any more was taken out: it is the caller's.
  const after = new Set(endpointsOf(caller.payload));
  for (const endpoint of before.filter((id) => !after.has(id)).map((id) => endpoints.get(id))) {
    if (!endpoint.owners.has(container)) continue;
    endpoints.share(endpoint, caller.owner);
    endpoints.release(endpoint, container);
  }
  lock.value = caller.payload;
  return true;
}
