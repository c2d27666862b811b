import { CALLS, type Trace, type TraceEvent } from "#abi";
import type { Choice } from "#kernel";
import { linkFlights } from "./flight-links.ts";

/** An event that made another one possible; both by their place in the trace. */
export interface EventLink {
  readonly kind: "spawn" | "message" | "wake" | "join";
  readonly from: number;
  readonly to: number;
  /** The wake of a task: there may be a link that says why. */
  readonly isBare?: true;
}

const FAILED = new Set(["disconnected", "timeout", "empty", "full", "wouldBlock", "lagged"]);
const SENDS: ReadonlySet<number> = new Set([CALLS.send, CALLS.trySend, CALLS.oneshotSend]);
const RECEIVES: ReadonlySet<number> = new Set([
  CALLS.recv,
  CALLS.recvTimeout,
  CALLS.tryRecv,
  CALLS.oneshotRecv,
]);
const WAITS: ReadonlySet<number> = new Set([CALLS.wait, CALLS.waitTimeout]);
const NOTIFIES: ReadonlySet<number> = new Set([CALLS.notifyOne, CALLS.notifyAll]);

/** Calls that wait until another thread lets a lock, a barrier or a value go. */
const RELEASED: ReadonlySet<number> = new Set([
  CALLS.rwRead,
  CALLS.rwWrite,
  CALLS.barrierWait,
  CALLS.onceSet,
  CALLS.onceBegin,
]);
/** Calls that let tasks go on which wait for the same object, and those calls. */
const LETS_GO: ReadonlySet<number> = new Set([
  CALLS.broadcastSend,
  CALLS.watchSend,
  CALLS.watchModify,
  CALLS.notify,
  CALLS.release,
  CALLS.addPermits,
  CALLS.closeSemaphore,
  CALLS.asyncUnlock,
  CALLS.tokenCancel,
]);
const LET_GO: ReadonlySet<number> = new Set([
  CALLS.broadcastRecv,
  CALLS.watchChanged,
  CALLS.notified,
  CALLS.acquire,
  CALLS.asyncLock,
  CALLS.tokenCancelled,
]);
const PARKS: ReadonlySet<number> = new Set([CALLS.park, CALLS.parkTimeout]);

/**
 * Which event led to which: spawn to the thread, send to receive (channels keep their order), unlock to the lock
 * that waited for it, notify to the wait that it ended, unpark to park, end to join, the last sender that goes to the
 * receive that waited, a waker to the poll. Any other call that failed leads to nothing.
 */
export function linkEvents(trace: Trace, choices: readonly Choice[]): readonly EventLink[] {
  const linker = new Linker(trace, choices);
  for (const [at, event] of trace.events.entries()) linker.see(event, at);
  return [...linker.links, ...linkFlights(trace)];
}

class Linker {
  readonly links: EventLink[] = [];
  /** Sends that nobody has received, by channel. */
  readonly #sent = new Map<number, number[]>();
  /** The channel at which a thread stands in line with a value to send. */
  readonly #inLine = new Map<number, number>();
  /** The last time a lock was let go, by lock. */
  readonly #unlocked = new Map<number, number>();
  /** Locks that a thread holds, in the order it took them. */
  readonly #held = new Map<number, number[]>();
  /** Threads that wait for a notification, by condition, as long as none has reached them. */
  readonly #waiters = new Map<number, number[]>();
  /** The notification that reached a thread, by thread. */
  readonly #notified = new Map<number, number>();
  /** The last time an RwLock, a barrier or the computing of a value was let go, by object. */
  readonly #released = new Map<number, number>();
  /** The unpark whose token a thread has not taken, by thread. */
  readonly #unparked = new Map<number, number>();
  /** The last end of each thread. */
  readonly #ended = new Map<number, number>();
  /** When a channel lost its last sender, or its receiver. */
  readonly #closed = new Map<number, number>();
  /** The end of each task, and what woke it since its last poll. */
  readonly #taskEnded = new Map<number, number>();
  readonly #taskWoken = new Map<number, number>();
  readonly #objects: Trace["objects"];
  readonly #choices: readonly Choice[];

  constructor({ objects }: Trace, choices: readonly Choice[]) {
    this.#objects = objects;
    this.#choices = choices;
  }

  see(event: TraceEvent, at: number): void {
    if (event.kind === "spawned") this.links.push({ kind: "spawn", from: at, to: at });
    else if (event.kind === "ended" || event.kind === "panicked") this.#ended.set(event.thread, at);
    else if (event.kind === "called" || event.kind === "resumed") this.#seeCall(event, at);
    else if (event.kind === "closed") this.#closed.set(event.object, at);
    else if (event.kind === "woken") this.#wake(event, at);
    else this.#seeTask(event, at);
  }

  #seeTask({ kind, object: task, detail }: TraceEvent, at: number): void {
    if (kind === "task-created") {
      if (this.#objects[task - 1]?.isRoot !== true) this.links.push({ kind: "spawn", from: at, to: at });
    } else if (kind === "task-woken") {
      if (detail !== "clock") this.#taskWoken.set(task, at);
    } else if (kind === "task-polled") {
      const from = this.#taskWoken.get(task);
      if (from !== undefined) this.links.push({ kind: "wake", from, to: at, isBare: true });
      this.#taskWoken.delete(task);
    } else if (kind === "task-ended" || kind === "task-panicked" || kind === "task-dropped")
      this.#taskEnded.set(task, at);
  }

  /** A waker that is no task's: it unparks a thread, or sends. */
  #wake({ object: waker }: TraceEvent, at: number): void {
    const { thread, channel } = this.#objects[waker - 1] ?? {};
    if (thread !== undefined) this.#unparked.set(thread, at);
    else if (channel !== undefined) listOf(this.#sent, channel).push(at);
  }

  #seeCall(event: TraceEvent, at: number): void {
    const { call, object, detail, thread } = event;
    if (call === CALLS.join || (call === CALLS.scopeJoin && object > 0))
      this.#link("join", this.#ended.get(object), at);
    else if (call === CALLS.taskJoin) this.#link("join", this.#taskEnded.get(object), at);
    else if (call === CALLS.unpark) this.#unparked.set(object, at);
    else if (PARKS.has(call)) this.#park(event, at);
    else if (call === CALLS.rwUnlock || call === CALLS.onceEnd) this.#released.set(object, at);
    else if (RELEASED.has(call)) this.#goOn(event, at);
    else if (WAITS.has(call)) this.#wait(event, at);
    else if (detail === "disconnected" && event.kind === "resumed")
      this.#link("wake", this.#closed.get(object), at);
    else if (FAILED.has(detail)) return;
    else if (SENDS.has(call)) this.#send(event, at);
    else if (RECEIVES.has(call)) this.#receive(event, at);
    else if (LET_GO.has(call)) this.#goOn(event, at);
    else if (LETS_GO.has(call)) this.#released.set(object, at);
    else if (call === CALLS.unlock) this.#letGo(thread, object, at);
    else if (call === CALLS.lock || call === CALLS.tryLock) this.#take(event, at);
    else if (NOTIFIES.has(call)) this.#notify(event, at);
  }

  /** Of the two events of a send that stood in line the first counts. */
  #send({ thread, object, detail }: TraceEvent, at: number): void {
    if (detail === "") this.#inLine.set(thread, object);
    else if (this.#inLine.get(thread) === object) {
      this.#inLine.delete(thread);
      return;
    }
    listOf(this.#sent, object).push(at);
  }

  /** The first of two events of a receive at a rendezvous has received nothing yet. */
  #receive({ object, detail }: TraceEvent, at: number): void {
    if (detail !== "") this.#link("message", listOf(this.#sent, object).shift(), at);
  }

  #take({ kind, thread, object }: TraceEvent, at: number): void {
    listOf(this.#held, thread).push(object);
    if (kind === "resumed") this.#link("wake", this.#unlocked.get(object), at);
  }

  /** A park takes the token that the last unpark gave, before it or meanwhile. */
  #park({ thread, detail }: TraceEvent, at: number): void {
    if (detail !== "timeout" && detail !== "spurious") this.#link("wake", this.#unparked.get(thread), at);
    this.#unparked.delete(thread);
  }

  /** The last to come to a barrier lets the others go. */
  #goOn({ call, kind, object, detail }: TraceEvent, at: number): void {
    if (kind === "resumed") this.#link("wake", this.#released.get(object), at);
    else if (call === CALLS.barrierWait && detail === "1") this.#released.set(object, at);
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
