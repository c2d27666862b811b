/**
 * The kernel call table: one number a call, shared by the guest library and the kernel.
 * `visible` calls stand behind a choice point: another thread could observe them.
 * The numbers are part of the schedule format; append, never renumber.
 */
export const CALLS = {
  // threads and time
  spawn: 1,
  exit: 2,
  panic: 3,
  join: 4,
  yieldNow: 5,
  isFinished: 6,
  now: 7,
  sleep: 8,
  work: 9,
  // channels
  channelNew: 20,
  send: 21,
  trySend: 22,
  recv: 23,
  recvTimeout: 24,
  tryRecv: 25,
  endpointClone: 26,
  endpointDrop: 27,
  // locks and conditions
  mutexNew: 40,
  lock: 41,
  tryLock: 42,
  unlock: 43,
  condvarNew: 44,
  wait: 45,
  waitTimeout: 46,
  notifyOne: 47,
  notifyAll: 48,
  // memory shared on purpose
  cellNew: 60,
  cellGet: 61,
  cellSet: 62,
  atomicNew: 63,
  atomicLoad: 64,
  atomicStore: 65,
  atomicSwap: 66,
  atomicCompareExchange: 67,
  // reports
  print: 80,
  misuse: 81,
  checkFailed: 82,
  expectation: 83,
  checkList: 84,
  callCount: 85,
  liveThreads: 86,
} as const;

export type CallName = keyof typeof CALLS;
export type Call = (typeof CALLS)[CallName];

const NAMES = new Map<number, CallName>(
  Object.entries(CALLS).map(([name, code]) => [code, name as CallName]),
);

/** The call's name; throws on a number that is no call. */
export function callName(call: number): CallName {
  const name = NAMES.get(call);
  if (name === undefined) throw new RangeError(`no kernel call has the number ${call}`);
  return name;
}
