import { CALLS, type Trace, type TraceEvent } from "#abi";
import type { Choice } from "#kernel";

/** An event that made another one possible; both by their place in the trace. */
export interface EventLink {
  readonly kind: "spawn" | "message" | "wake" | "join";
  readonly from: number;
  readonly to: number;
}

const FAILED = new Set(["disconnected", "timeout", "empty", "full", "wouldBlock"]);
const SENDS: ReadonlySet<number> = new Set([CALLS.send, CALLS.trySend]);
const RECEIVES: ReadonlySet<number> = new Set([CALLS.recv, CALLS.recvTimeout, CALLS.tryRecv]);
const WAITS: ReadonlySet<number> = new Set([CALLS.wait, CALLS.waitTimeout]);
const NOTIFIES: ReadonlySet<number> = new Set([CALLS.notifyOne, CALLS.notifyAll]);

/**
 * Which event led to which: spawn to the thread, send to receive (channels keep their order), unlock to the lock
 * that waited for it, notify to the wait that it ended, end to join. A call that failed leads to nothing.
 */
export function linkEvents(trace: Trace, choices: readonly Choice[]): readonly EventLink[] {
  const linker = new Linker(choices);
  for (const [at, event] of trace.events.entries()) linker.see(event, at);
  return linker.links;
}

class Linker {
  readonly links: EventLink[] = [];
  /** Sends that nobody has received, by channel. */
  readonly #sent = new Map<number, number[]>();
  /** The last time a lock was let go, by lock. */
  readonly #unlocked = new Map<number, number>();
  /** Locks that a thread holds, in the order it took them. */
  readonly #held = new Map<number, number[]>();
  /** Threads that wait for a notification, by condition, as long as none has reached them. */
  readonly #waiters = new Map<number, number[]>();
  /** The notification that reached a thread, by thread. */
  readonly #notified = new Map<number, number>();
  /** The last end of each thread. */
  readonly #ended = new Map<number, number>();
  readonly #choices: readonly Choice[];

  constructor(choices: readonly Choice[]) {
    this.#choices = choices;
  }

  see(event: TraceEvent, at: number): void {
    if (event.kind === "spawned") this.links.push({ kind: "spawn", from: at, to: at });
    else if (event.kind === "ended" || event.kind === "panicked") this.#ended.set(event.thread, at);
    else if (event.kind === "called" || event.kind === "resumed") this.#seeCall(event, at);
  }

  #seeCall(event: TraceEvent, at: number): void {
    const { call, object, detail, thread } = event;
    if (call === CALLS.join) this.#link("join", this.#ended.get(object), at);
    else if (WAITS.has(call)) this.#wait(event, at);
    else if (FAILED.has(detail)) return;
    else if (SENDS.has(call)) listOf(this.#sent, object).push(at);
    else if (RECEIVES.has(call)) this.#link("message", listOf(this.#sent, object).shift(), at);
    else if (call === CALLS.unlock) this.#letGo(thread, object, at);
    else if (call === CALLS.lock || call === CALLS.tryLock) this.#take(event, at);
    else if (NOTIFIES.has(call)) this.#notify(event, at);
  }

  #take({ kind, thread, object }: TraceEvent, at: number): void {
    listOf(this.#held, thread).push(object);
    if (kind === "resumed") this.#link("wake", this.#unlocked.get(object), at);
  }

  #letGo(thread: number, object: number, at: number): void {
    const held = listOf(this.#held, thread);
    const index = held.lastIndexOf(object);
    if (index >= 0) held.splice(index, 1);
    this.#unlocked.set(object, at);
  }

  /** A wait first lets its lock go, the one taken last; when it is over the thread has it again. */
  #wait({ thread, object, detail }: TraceEvent, at: number): void {
    const waiters = listOf(this.#waiters, object);
    if (detail === "") {
      const lock = listOf(this.#held, thread).at(-1);
      if (lock !== undefined) this.#unlocked.set(lock, at);
      waiters.push(thread);
      return;
    }
    if (waiters.includes(thread)) waiters.splice(waiters.indexOf(thread), 1);
    else if (detail !== "timeout") this.#link("wake", this.#notified.get(thread), at);
  }

  /** One waiter needs no choice; of several the run's choices know which. */
  #notify({ call, object, choice }: TraceEvent, at: number): void {
    const waiters = listOf(this.#waiters, object);
    const made = this.#choices[choice - 1];
    const picked = waiters.length > 1 && made?.kind === "waiter" ? waiters.indexOf(made.thread) : 0;
    const reached = call === CALLS.notifyAll ? waiters.splice(0) : waiters.splice(picked, 1);
    for (const thread of reached) this.#notified.set(thread, at);
  }

  #link(kind: EventLink["kind"], from: number | undefined, to: number): void {
    if (from !== undefined) this.links.push({ kind, from, to });
  }
}

function listOf(map: Map<number, number[]>, key: number): number[] {
  let list = map.get(key);
  if (list === undefined) map.set(key, (list = []));
  return list;
}
