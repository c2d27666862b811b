/** Owns: how threads begin and end. A thread is made as a copy of its parent; what it owned goes when it ends. */
import { CALLS, type Payload } from "#abi";
import type { Caller } from "./caller.ts";
import { containerOf } from "./endpoints.ts";
import type { Kernel } from "./kernel.ts";
import type { TurnEnd } from "./ports.ts";
import { Thread } from "./thread.ts";

/** Makes a thread: a copy of its parent as it stands in this call, which later runs the body it was given. */
export function spawnThread(kernel: Kernel, parent: Thread): void {
  const [name = "", captures = ""] = String(parent.payload).slice(1).split("\n");
  const id = kernel.threads.length;
  const { threadsMax } = kernel.limits;
  if (id >= threadsMax)
    return kernel.fail("over-limit", `The program started more than ${threadsMax} threads.`, parent);
  const child = new Thread(id, name === "" ? `worker-${id}` : name, parent.at);
  kernel.threads.push(child);
  kernel.ownership.capture(parent, child, captures);
  if (kernel.failed) return;
  parent.complete(id);
  child.call = CALLS.spawn;
  kernel.fork(parent, child);
  kernel.record(parent, "spawned", id, null);
}

/** A thread is over: what it owned is dropped. */
export function endThread(
  kernel: Kernel,
  thread: Thread,
  state: "ended" | "panicked",
  result: Payload,
): void {
  if (state === "ended" && !kernel.ownership.checkCarried(thread, result)) return;
  if (state === "ended") kernel.ownership.carry(thread, result, resultBox(thread), "its result");
  thread.state = state;
  thread.result = result;
  thread.deadlineNs = Infinity;
  kernel.endpoints.releaseAll(thread.id);
  if (state === "ended") kernel.record(thread, "ended", thread.id, null);
  kernel.touch(thread.id);
  if (thread.id === 0) kernel.bodyEndedNs = kernel.nowNs;
}

/** Hands over endpoints inside a joined thread's result. */
export function takeResult(kernel: Kernel, target: Thread, caller: Caller): void {
  if (target.state === "ended") kernel.endpoints.arrive(target.result, resultBox(target), caller);
}

const STACK_FULL = "The program called itself too deeply: its stack is full.";
const MEMORY_FULL = "The program used more memory than a thread has here.";

/** `flag\nname\nmessage\nstack`; flag 1: the stack ran out, 2: the memory did. */
export function panicThread(kernel: Kernel, thread: Thread, payload: string): void {
  const [flag = "0", name = "Error", line = "", ...stack] = payload.slice(1).split("\n");
  const message = line.replaceAll("\u2028", "\n");
  kernel.recorder.event(kernel.nowNs, thread, "panicked", 0, `${name}: ${message}`, kernel.choices.length);
  const more = { stack: stack.join("\n"), errorName: name };
  if (flag === "1") kernel.fail("over-limit", STACK_FULL, thread, more);
  else if (flag === "2") kernel.fail("out-of-memory", MEMORY_FULL, thread, more);
  else if (thread.id === 0) kernel.fail("panic", message === "" ? name : `${name}: ${message}`, thread, more);
  else {
    kernel.objects.abandon(thread);
    endThread(kernel, thread, "panicked", `s${name}\n${message}`);
  }
}

/** An error that learner code could not catch ended the thread's turn. */
export function cutOffThread(kernel: Kernel, thread: Thread, end: Exclude<TurnEnd, string>): void {
  const more = { stack: end.message };
  if (end.threw === "fuel") {
    const message = `${thread.name} ran an endless loop, or one far too long: it was stopped.`;
    kernel.fail("out-of-fuel", message, thread, more);
  } else if (end.threw === "stack") kernel.fail("over-limit", STACK_FULL, thread, more);
  else if (end.threw === "memory") kernel.fail("out-of-memory", MEMORY_FULL, thread, more);
  else kernel.fail("panic", end.message, thread, more);
}

/** Endpoints in a thread's result wait in a box of their own, numbered beyond every object. */
function resultBox(thread: Thread): number {
  return containerOf(1_000_000 + thread.id);
}
