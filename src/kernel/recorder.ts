import { CALLS, previewOf, STATUS, type Payload, type TraceEvent, type TraceKind } from "#abi";
import { RollingHash } from "#base";
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
  CALLS.now,
]);

/** Writes the trace: a hash over every event always, the events themselves only when asked for. */
export class Recorder {
  readonly events: TraceEvent[] = [];
  readonly #hash = new RollingHash();
  readonly #keep: boolean;

  constructor(keep: boolean) {
    this.#keep = keep;
  }

  event(
    nowNs: number,
    thread: Thread,
    kind: TraceKind,
    object: number,
    detail: Payload | null,
    choice: number,
  ): void {
    const hash = this.#hash;
    const call = kind === "blocked" ? thread.call : 0;
    hash.number(nowNs);
    hash.number(thread.id * 4096 + KIND_NUMBER[kind] * 256 + call);
    hash.number(object * 65536 + thread.at);
    if (typeof detail === "number") hash.number(detail);
    else if (detail !== null) hash.text(detail);
    if (!this.#keep) return;
    this.events.push({
      timeNs: nowNs,
      thread: thread.id,
      kind,
      call,
      object,
      detail:
        detail === null ? "" : kind === "printed" || kind === "panicked" ? String(detail) : previewOf(detail),
      site: thread.at,
      choice,
    });
  }

  /** A kernel call took effect: its arguments and its reply. */
  call(nowNs: number, thread: Thread, object: number, choice: number): void {
    const hash = this.#hash;
    const kind = thread.blocked ? "resumed" : "called";
    const done = thread.state === "running";
    hash.number(nowNs);
    hash.number(thread.id * 4096 + KIND_NUMBER[kind] * 256 + thread.call);
    hash.number(object * 65536 + thread.at);
    hashPayload(hash, thread.payload);
    if (done) {
      hash.number(thread.status);
      hashPayload(hash, thread.reply);
    }
    if (!this.#keep) return;
    this.events.push({
      timeNs: nowNs,
      thread: thread.id,
      kind,
      call: thread.call,
      object,
      detail: done ? describe(thread) : "",
      site: thread.at,
      choice,
    });
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
function describe(thread: Thread): string {
  const failed = STATUS_WORDS[thread.status];
  if (failed !== undefined) return failed;
  if (READS.has(thread.call)) return previewOf(thread.reply);
  return thread.payload === "u" ? "" : previewOf(thread.payload);
}
