import { CALLS } from "#abi";
import { decode } from "./codec.ts";
import { kernelCall, threadId } from "./kernel.ts";
import { threadName } from "./misuse.ts";

/** Names of threads that this one has started or met, by number. */
const names = new Map<number, string>();

/** Of a thread just started, so that nobody needs to ask. */
export function noteThreadName(id: number, name: string): void {
  names.set(id, name);
}

/** The name of thread `id`, whoever started it; it never changes. */
export function nameOfThread(id: number): string {
  if (id === threadId()) return threadName();
  let name = names.get(id);
  if (name === undefined) names.set(id, (name = decode(kernelCall(CALLS.threadName, id)) as string));
  return name;
}
