/**
 * Owns: which kernel calls of different threads commute. Two calls that do give the same state in either order, so one
 * order stands for both. Everything that is not known to commute does not.
 */
import { callName, type Call, type CallName } from "#abi";

/** A kernel call of a thread, on a kernel object (0 where none) or, for calls about threads, on a thread's number. */
export interface Operation {
  readonly thread: number;
  readonly call: Call;
  readonly object: number;
}

/**
 * What a call looks at or changes.
 *
 *   nothing     its own thread only, or what no program can see (a printed line)
 *   numbers     takes the next number from a counter that all threads share
 *   reads       looks at its object
 *   changes     changes its object, or whether others can go on with it
 *   channel     the same, where the object is a channel: its ends may go with calls about other objects
 *   closes      ends of channels go: those of its object, and those in messages that nobody will receive
 *   condition   changes its object and a lock, and may be the run's one spurious wake-up
 *   asks        looks at the thread that it names
 *   thread      changes the thread that it names
 *   ends        changes its own thread, and closes
 *   core        takes or frees one of the machine's cores
 *   anything    all of these, or unknown
 */
type Touch =
  | "nothing"
  | "numbers"
  | "reads"
  | "changes"
  | "channel"
  | "closes"
  | "condition"
  | "asks"
  | "thread"
  | "ends"
  | "core"
  | "anything";

const TOUCHES: Readonly<Record<CallName, Touch>> = {
  spawn: "anything",
  exit: "ends",
  panic: "anything",
  join: "thread",
  yieldNow: "anything",
  isFinished: "asks",
  now: "nothing",
  sleep: "nothing",
  work: "core",
  park: "thread",
  parkTimeout: "thread",
  unpark: "thread",
  threadName: "nothing",
  cores: "nothing",
  scopeNew: "numbers",
  scopeAdd: "anything",
  scopeJoin: "thread",
  channelNew: "numbers",
  send: "channel",
  trySend: "channel",
  recv: "channel",
  recvTimeout: "channel",
  tryRecv: "channel",
  endpointClone: "anything",
  endpointDrop: "closes",
  mutexNew: "numbers",
  lock: "changes",
  tryLock: "changes",
  unlock: "changes",
  condvarNew: "numbers",
  wait: "condition",
  waitTimeout: "condition",
  notifyOne: "changes",
  notifyAll: "changes",
  rwLockNew: "numbers",
  rwRead: "changes",
  rwTryRead: "changes",
  rwWrite: "changes",
  rwTryWrite: "changes",
  rwUnlock: "changes",
  isPoisoned: "reads",
  clearPoison: "changes",
  barrierNew: "numbers",
  barrierWait: "changes",
  cellNew: "numbers",
  cellGet: "reads",
  cellSet: "changes",
  atomicNew: "numbers",
  atomicLoad: "reads",
  atomicStore: "changes",
  atomicSwap: "changes",
  atomicCompareExchange: "changes",
  atomicFetch: "changes",
  onceNew: "numbers",
  onceGet: "reads",
  onceSet: "changes",
  onceBegin: "changes",
  onceEnd: "changes",
  print: "nothing",
  misuse: "anything",
  checkFailed: "anything",
  expectation: "nothing",
  checkList: "nothing",
  callCount: "anything",
  liveThreads: "anything",
  warn: "nothing",
  liveTasks: "anything",
  taskNew: "anything",
  taskNext: "anything",
  taskEnd: "anything",
  taskAbort: "anything",
  taskAbortAll: "anything",
  taskIsFinished: "anything",
  taskJoin: "anything",
  bodyEnd: "anything",
  operationPoll: "anything",
  operationDrop: "anything",
  wake: "anything",
  wakerNew: "anything",
  pick: "nothing",
  sleepUntil: "anything",
  taskSetNew: "anything",
  taskSetAdd: "anything",
  taskSetNext: "anything",
  oneshotNew: "anything",
  oneshotSend: "anything",
  oneshotRecv: "anything",
  oneshotClosed: "anything",
  broadcastNew: "anything",
  broadcastSend: "anything",
  broadcastRecv: "anything",
  broadcastSubscribe: "anything",
  broadcastCount: "anything",
  watchNew: "anything",
  watchSend: "anything",
  watchBorrow: "anything",
  watchModify: "anything",
  watchChanged: "anything",
  watchSubscribe: "anything",
  notifyNew: "anything",
  notified: "anything",
  notify: "anything",
  semaphoreNew: "anything",
  acquire: "anything",
  release: "anything",
  addPermits: "anything",
  closeSemaphore: "anything",
  availablePermits: "anything",
  asyncLockNew: "anything",
  asyncLock: "anything",
  asyncUnlock: "anything",
  tokenNew: "anything",
  tokenCancel: "anything",
  tokenCancelled: "anything",
  bind: "anything",
  accept: "anything",
  connect: "anything",
  connected: "anything",
  streamRead: "anything",
  streamWrite: "anything",
  streamShutdown: "anything",
  streamTimeout: "anything",
  socketClose: "anything",
  socketClone: "anything",
  socketNonblocking: "anything",
  socketPort: "anything",
  poll: "anything",
  handleReplace: "anything",
  networkRules: "anything",
  peerConnect: "anything",
  peerServe: "anything",
  peersServed: "anything",
  peerReport: "anything",
  fileOpen: "anything",
  fileClone: "anything",
  fileRead: "anything",
  fileWrite: "anything",
  fileSeek: "anything",
  fileSync: "anything",
  fileClose: "anything",
  fileExists: "anything",
  fileRemove: "anything",
  fileRename: "anything",
  diskConfigure: "anything",
  diskPut: "anything",
  diskContent: "anything",
  diskAfterCrash: "anything",
  diskCrashPoints: "anything",
  diskEvents: "anything",
  clock: "anything",
};

/** Calls that wait for or release a lock which is not their object's, so a wait on a condition meets them. */
const LOCKS: ReadonlySet<CallName> = new Set(["lock", "tryLock", "unlock", "isPoisoned", "clearPoison"]);
/** Calls that may be the run's one spurious wake-up, as a wait on a condition may. */
const PARKS: ReadonlySet<CallName> = new Set(["park", "parkTimeout"]);
/** Calls that take the ends of channels which a thread has left. */
const JOINS: ReadonlySet<CallName> = new Set(["join", "scopeJoin"]);

/**
 * Calls that are one step with the local code around them unless another thread's pending call could tell: where such a
 * step ends depends on the others' next calls.
 */
const FUSED: ReadonlySet<CallName> = new Set(["exit", "endpointDrop", "unlock", "rwUnlock", "onceEnd"]);

/** Calls that others can tell from when their thread has come to them, before they take effect. */
const EARLY: ReadonlySet<CallName> = new Set([
  "join",
  "recv",
  "recvTimeout",
  "park",
  "parkTimeout",
  "work",
  ...FUSED,
]);

interface Known {
  readonly name: CallName;
  readonly touch: Touch;
  readonly isFused: boolean;
  readonly isEarly: boolean;
}

const KNOWN = new Map<number, Known>();

function lookUp(call: Call): Known {
  let known = KNOWN.get(call);
  if (known === undefined) {
    const name = callName(call);
    const touch = TOUCHES[name];
    const isEarly = EARLY.has(name) || touch === "anything";
    KNOWN.set(call, (known = { name, touch, isFused: FUSED.has(name), isEarly }));
  }
  return known;
}

/** What the call looks at or changes. */
export function touchOf(call: Call): Touch {
  return lookUp(call).touch;
}

/** True where the call may be one step with the code around it, or a step of its own. */
export function isFused(call: Call): boolean {
  return lookUp(call).isFused;
}

/** True where others can tell that a thread has come to the call, though it has not taken effect. */
export function isEarly(call: Call): boolean {
  return lookUp(call).isEarly;
}

/**
 * Whether the order of two calls may matter: false only where both orders lead to the same state. Symmetric. Says
 * nothing about what a waker made by the program carries on to other objects.
 */
export function mayConflict(one: Operation, other: Operation): boolean {
  if (one.thread === other.thread) return true;
  const [first, second] = [lookUp(one.call), lookUp(other.call)];
  if (first.touch === "nothing" || second.touch === "nothing") return false;
  if (first.touch === "anything" || second.touch === "anything") return true;
  return meets(first, one, other, second) || meets(second, other, one, first);
}

/** One direction of {@link mayConflict}: the kinds that meet more than their like. */
function meets(known: Known, self: Operation, other: Operation, { name, touch }: Known): boolean {
  switch (known.touch) {
    case "numbers":
    case "core":
      return touch === known.touch;
    case "reads":
    case "changes":
    case "channel":
      return isAboutObject(touch) && isSame(self, other) && !(known.touch === "reads" && touch === "reads");
    case "closes":
    case "ends":
      return touch === "channel" || JOINS.has(name);
    case "condition":
      if (touch === "condition" || touch === "closes" || touch === "ends") return true;
      return LOCKS.has(name) || PARKS.has(name) || (isAboutObject(touch) && isSame(self, other));
    case "asks":
    case "thread":
      if (PARKS.has(known.name) && PARKS.has(name)) return true;
      if (touch === "asks") return known.touch === "thread" && self.object === other.object;
      return (touch === "thread" && self.object === other.object) || isEndOf(other, touch, self.object);
    default:
      return true;
  }
}

function isAboutObject(touch: Touch): boolean {
  return touch === "reads" || touch === "changes" || touch === "channel";
}

function isEndOf(operation: Operation, touch: Touch, thread: number): boolean {
  return touch === "ends" && operation.thread === thread;
}

/** The same object, or one of the two is not known. */
function isSame(one: Operation, other: Operation): boolean {
  return one.object === other.object || one.object === 0 || other.object === 0;
}
