import { CALLS, previewOf, STATUS, type Payload, type TraceEvent, type TraceKind } from "#abi";
import { RollingHash } from "#base";
import type { Caller } from "./caller.ts";
import { Operation } from "./operation.ts";
import type { Task } from "./task.ts";
import type { Thread } from "./thread.ts";

const KIND_NUMBER: Readonly<Record<TraceKind, number>> = {
  spawned: 1,
  started: 2,
  ended: 3,
  panicked: 4,
  called: 5,
  blocked: 6,
  resumed: 7,
  printed: 8,
  warned: 9,
  "task-created": 10,
  "task-polled": 11,
  "task-suspended": 12,
  "task-woken": 13,
  "task-aborted": 14,
  "task-ended": 15,
  "task-panicked": 16,
  "task-dropped": 17,
  pending: 18,
  "given-up": 19,
  closed: 20,
  woken: 21,
};

const STATUS_WORDS: Readonly<Record<number, string>> = Object.fromEntries(
  Object.entries(STATUS)
    .filter(([name]) => name !== "ok")
    .map(([name, number]) => [number, name]),
);

/** Calls whose reply is the interesting value, not their argument. */
const READS: ReadonlySet<number> = new Set([
  CALLS.recv,
  CALLS.recvTimeout,
  CALLS.tryRecv,
  CALLS.lock,
  CALLS.tryLock,
  CALLS.wait,
  CALLS.waitTimeout,
  CALLS.cellGet,
  CALLS.atomicLoad,
  CALLS.atomicSwap,
  CALLS.atomicCompareExchange,
  CALLS.join,
  CALLS.isFinished,
  CALLS.taskIsFinished,
  CALLS.rwRead,
  CALLS.rwTryRead,
  CALLS.rwWrite,
  CALLS.rwTryWrite,
  CALLS.isPoisoned,
  CALLS.barrierWait,
  CALLS.onceGet,
  CALLS.onceBegin,
  CALLS.atomicFetch,
  CALLS.oneshotRecv,
  CALLS.oneshotClosed,
  CALLS.broadcastRecv,
  CALLS.broadcastCount,
  CALLS.watchBorrow,
  CALLS.watchChanged,
  CALLS.availablePermits,
  CALLS.asyncLock,
  CALLS.tokenCancelled,
  CALLS.now,
  CALLS.fileRead,
  CALLS.fileSeek,
  CALLS.fileExists,
  CALLS.streamRead,
]);

/** Calls whose argument is a value, also where it is undefined. */
const SENDS: ReadonlySet<number> = new Set([CALLS.send, CALLS.trySend, CALLS.oneshotSend]);

/** Events about a call that waits. */
const WAITS: ReadonlySet<TraceKind> = new Set(["blocked", "pending", "given-up"]);

/** Who did what to a task. */
interface TaskEvent {
  readonly actor: Thread | null;
  readonly detail: string;
  readonly choice: number;
}

/** Writes the trace: a hash over every event always, the events themselves only when asked for. */
export class Recorder {
  readonly events: TraceEvent[] = [];
  readonly #hash = new RollingHash();
  readonly #keep: boolean;

  constructor(keep: boolean) {
    this.#keep = keep;
  }

  /** Events are kept, not only hashed. */
  get keeps(): boolean {
    return this.#keep;
  }

  event(
    nowNs: number,
    caller: Caller,
    kind: TraceKind,
    object: number,
    detail: Payload | null,
    choice: number,
  ): void {
    const call = WAITS.has(kind) ? caller.call : 0;
    this.#begin(nowNs, caller.id, kind, call, object, caller.at);
    if (detail !== null) hashPayload(this.#hash, detail);
    if (!this.#keep) return;
    this.events.push({
      timeNs: nowNs,
      thread: caller.id,
      task: taskOf(caller),
      kind,
      call,
      object,
      detail: detail === null ? "" : String(detail),
      site: caller.at,
      choice,
    });
  }

  /** A kernel call took effect: its arguments and its reply. */
  call(nowNs: number, caller: Caller, object: number, choice: number): void {
    const hash = this.#hash;
    const kind = caller.blocked ? "resumed" : "called";
    const done = caller.state === "running";
    this.#begin(nowNs, caller.id, kind, caller.call, object, caller.at);
    hashPayload(hash, caller.payload);
    if (done) {
      hash.number(caller.status);
      hashPayload(hash, caller.reply);
    }
    if (!this.#keep) return;
    this.events.push({
      timeNs: nowNs,
      thread: caller.id,
      task: taskOf(caller),
      kind,
      call: caller.call,
      object,
      detail: done ? describe(caller) : "",
      site: caller.at,
      choice,
    });
  }

  /** Something happened to `task`, by the doing of `actor`: itself, whoever woke it, or null for the clock. */
  task(nowNs: number, task: Task, kind: TraceKind, { actor, detail, choice }: TaskEvent): void {
    const thread = actor ?? task.thread;
    const site = kind === "task-created" ? task.site : thread.at;
    this.#begin(nowNs, thread.id, kind, actor === null ? 1 : 0, task.id, site);
    if (!this.#keep) return;
    const ownTask =
      actor === task.thread && kind !== "task-woken" && kind !== "task-created" && kind !== "task-aborted";
    this.events.push({
      timeNs: nowNs,
      thread: thread.id,
      task: ownTask ? (task.isRoot ? 0 : task.id) : actor === null ? 0 : taskOf(thread),
      kind,
      call: 0,
      object: task.id,
      detail: actor === null ? "clock" : detail,
      site,
      choice,
    });
  }

  #begin(nowNs: number, thread: number, kind: TraceKind, call: number, object: number, site: number): void {
    const hash = this.#hash;
    hash.number(nowNs);
    hash.number(thread * 8192 + KIND_NUMBER[kind] * 256 + call);
    hash.number(object * 65536 + site);
  }

  digest(): string {
    return this.#hash.digest();
  }
}

function hashPayload(hash: RollingHash, payload: Payload): void {
  if (typeof payload === "number") hash.number(payload);
  else hash.text(payload);
}

/** What a reader wants to know of a finished call: how it failed, else what it took in, else what it gave. */
function describe(caller: Caller): string {
  const failed = STATUS_WORDS[caller.status];
  if (failed !== undefined) return failed;
  if (READS.has(caller.call)) return previewOf(caller.reply);
  return caller.payload === "u" && !SENDS.has(caller.call) ? "" : previewOf(caller.payload);
}

/** The task that the caller acts for; 0 where it is the thread itself. */
export function taskOf(caller: Caller): number {
  const task = caller instanceof Operation ? caller.task : (caller.thread.executor?.current ?? null);
  return task === null || task.isRoot ? 0 : task.id;
}
