/**
 * How a kernel call that can fail ended. Written into the guest's mailbox before the reply;
 * the guest library turns it into a `Result` or an error.
 */
export const STATUS = {
  ok: 0,
  disconnected: 1,
  timeout: 2,
  empty: 3,
  full: 4,
  panicked: 5,
  poisoned: 6,
  wouldBlock: 7,
  differs: 8,
  pending: 9,
  cancelled: 10,
  spurious: 11,
  lagged: 12,
  forgotten: 13,
  reset: 20,
  brokenPipe: 21,
  refused: 22,
  addressInUse: 23,
  notFound: 30,
  alreadyExists: 31,
  tooManyOpenFiles: 32,
  noSpace: 33,
  badPosition: 34,
} as const;

export type Status = (typeof STATUS)[keyof typeof STATUS];

/**
 * Layout of the mailbox, an Int32Array in guest memory that both sides read and write. Where `waker` is not 0 the next
 * kernel call is made as an operation: it does not block, and that waker is woken when it could go on. `watched` is 1
 * where there are objects that the thread may not change: compiled programs then ask before every write.
 */
export const MAILBOX = { site: 0, thread: 1, status: 2, entry: 3, waker: 4, watched: 5, length: 8 } as const;

/** Entry codes in the mailbox; from 0 on: the check with that index. */
export const ENTRY = { main: -1, demo: -2, list: -3 } as const;
