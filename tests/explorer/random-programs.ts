import fc from "fast-check";
import { STATUS } from "#abi";
import type { Call, Script } from "../kernel/fake-guest.ts";

/** Objects of every random program, by number: made in this order. */
const OBJECTS: readonly Call[] = [
  { call: "cellNew", payload: 0 }, // 1
  { call: "atomicNew", payload: 0 }, // 2
  { call: "mutexNew", payload: 0 }, // 3
  { call: "mutexNew", payload: 0 }, // 4
  { call: "condvarNew" }, // 5
  { call: "rwLockNew", payload: 0 }, // 6
  { call: "barrierNew", a: 2 }, // 7
  { call: "onceNew" }, // 8
  { call: "channelNew", a: -1 }, // 9: ends 1 and 2
  { call: "channelNew", a: 0 }, // 10: ends 3 and 4
];
const SENDERS = [1, 3] as const;
const RECEIVERS = [2, 4] as const;

/** Something that a thread does, with a number that picks among what there is. */
interface Deed {
  readonly kind: (typeof DEEDS)[number];
  readonly which: number;
}

const DEEDS = [
  "get",
  "set",
  "add",
  "locked",
  "nested",
  "tryLock",
  "isPoisoned",
  "wait",
  "notify",
  "read",
  "write",
  "tryWrite",
  "barrier",
  "once",
  "onceGet",
  "send",
  "trySend",
  "drop",
  "recv",
  "tryRecv",
  "recvTimeout",
  "park",
  "unpark",
  "isFinished",
  "join",
  "yield",
  "sleep",
  "work",
  "make",
  "pick",
] as const;

/** A program of some threads, each of a few deeds; the first thread may have deeds of its own. */
export const randomProgram: fc.Arbitrary<Script> = fc
  .record({
    threads: fc.array(deedsOf(1, 3), { minLength: 2, maxLength: 3 }),
    first: deedsOf(0, 2),
  })
  .map(({ threads, first }) => scriptOf(threads, first));

function deedsOf(minLength: number, maxLength: number): fc.Arbitrary<Deed[]> {
  const deed = fc.record({ kind: fc.constantFrom(...DEEDS), which: fc.nat(7) });
  return fc.array(deed, { minLength, maxLength });
}

function scriptOf(threads: readonly Deed[][], first: readonly Deed[]): Script {
  return function* () {
    for (const object of OBJECTS) yield object;
    for (const [i, deeds] of threads.entries()) {
      const receivers = i === 0 ? RECEIVERS.map((end) => `d${end}:rx`) : [];
      const captures = [...SENDERS.map((end) => `s${end}`), ...receivers].join(",");
      yield { call: "spawn", captures, body: () => doAll(deeds, i + 1) };
    }
    yield* doAll(first, 0);
  };
}

function* doAll(deeds: readonly Deed[], self: number): ReturnType<Script> {
  for (const deed of deeds) yield* act(deed, self);
}

/** Deeds of one call. */
function callOf({ kind, which }: Deed, self: number): Call | undefined {
  const sender = SENDERS[which % 2] ?? 1;
  const receiver = RECEIVERS[which % 2] ?? 2;
  const other = which % 3;
  switch (kind) {
    case "get":
      return { call: which % 2 === 0 ? "cellGet" : "atomicLoad", a: 1 + (which % 2) };
    case "set":
      return {
        call: which % 2 === 0 ? "cellSet" : "atomicStore",
        a: 1 + (which % 2),
        payload: self * 10 + which,
      };
    case "add":
      return { call: "atomicFetch", a: 2, b: 0, payload: self };
    case "isPoisoned":
      return { call: "isPoisoned", a: 3 };
    case "notify":
      return { call: which % 2 === 0 ? "notifyOne" : "notifyAll", a: 5 };
    case "barrier":
      return { call: "barrierWait", a: 7 };
    case "onceGet":
      return { call: "onceGet", a: 8 };
    case "send":
    case "trySend":
      return { call: kind, a: sender, payload: self };
    case "drop":
      return { call: "endpointDrop", a: self === 1 && which > 3 ? receiver : sender };
    case "park":
    case "yield":
      return kind === "park" ? { call: "parkTimeout", a: which % 2 === 0 ? 5 : 1_000 } : { call: "yieldNow" };
    case "unpark":
    case "isFinished":
      return { call: kind, a: other };
    case "join":
      return other === self ? undefined : { call: "join", a: other };
    case "sleep":
    case "work":
      return { call: kind, a: which % 3 };
    case "make":
      return { call: "cellNew", payload: 0 };
    case "pick":
      return { call: "pick", a: 2 };
    default:
      return undefined;
  }
}

function* act(deed: Deed, self: number): ReturnType<Script> {
  const { kind, which } = deed;
  const mutex = 3 + (which % 2);
  const single = callOf(deed, self);
  if (single !== undefined) yield single;
  else if (kind === "locked") {
    yield { call: "lock", a: mutex };
    yield { call: "cellSet", a: 1, payload: self };
    yield { call: "unlock", a: mutex, b: which > 5 ? 2 : 0, payload: self };
  } else if (kind === "nested") {
    yield { call: "lock", a: mutex };
    yield { call: "lock", a: 7 - mutex };
    yield { call: "unlock", a: 7 - mutex, payload: self };
    yield { call: "unlock", a: mutex, payload: self };
  } else if (kind === "tryLock") {
    const { status } = yield { call: "tryLock", a: mutex };
    if (status !== STATUS.wouldBlock) yield { call: "unlock", a: mutex, payload: self };
  } else if (kind === "wait") {
    yield { call: "lock", a: 3 };
    yield which % 2 === 0
      ? { call: "waitTimeout", a: 5, b: 3, payload: self, timeoutNs: 3 }
      : { call: "wait", a: 5, b: 3, payload: self };
    yield { call: "unlock", a: 3, payload: self };
  } else if (kind === "read" || kind === "write" || kind === "tryWrite") yield* useRwLock(kind, self);
  else if (kind === "once") {
    const { status } = yield { call: "onceBegin", a: 8 };
    if (status === STATUS.empty) yield { call: "onceEnd", a: 8, b: 1, payload: self };
  } else if (self === 1) yield* receive(kind, which);
}

function* useRwLock(kind: "read" | "write" | "tryWrite", self: number): ReturnType<Script> {
  const call = { read: "rwRead", write: "rwWrite", tryWrite: "rwTryWrite" } as const;
  const { status } = yield { call: call[kind], a: 6 };
  if (status === STATUS.wouldBlock) return;
  yield { call: "atomicStore", a: 2, payload: self };
  yield { call: "rwUnlock", a: 6, b: kind === "read" ? 0 : 1, payload: self };
}

function* receive(kind: Deed["kind"], which: number): ReturnType<Script> {
  const a = RECEIVERS[which % 2] ?? 2;
  if (kind === "recv") yield { call: "recv", a };
  else if (kind === "tryRecv") yield { call: "tryRecv", a };
  else if (kind === "recvTimeout") yield { call: "recvTimeout", a, b: 4 };
}
