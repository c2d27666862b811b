import { CALLS, type TraceEvent } from "#abi";

/** What the thread of a `blocked` event waits for, in the calls of `std/sync` and parking; "" for other calls. */
export function syncWaiting(call: number, object: string, thread: string): string {
  switch (call) {
    case CALLS.lock:
      return `waits for ${object}`;
    case CALLS.rwRead:
      return `waits to read ${object}`;
    case CALLS.rwWrite:
      return `waits to write ${object}`;
    case CALLS.wait:
    case CALLS.waitTimeout:
      return `waits to be notified on ${object}`;
    case CALLS.barrierWait:
      return `waits for the others at ${object}`;
    case CALLS.onceSet:
    case CALLS.onceBegin:
      return `waits until ${object} is computed`;
    case CALLS.park:
    case CALLS.parkTimeout:
      return "waits to be unparked";
    case CALLS.scopeJoin:
      return `waits for ${thread} to end`;
    default:
      return "";
  }
}

/** What a finished call did with a lock, a condition or shared memory; "" for other calls. */
export function syncDone(event: TraceEvent, object: string): string {
  const { call, detail } = event;
  switch (call) {
    case CALLS.lock:
      return `locks ${object}: ${detail}`;
    case CALLS.tryLock:
      return detail === "wouldBlock" ? `finds ${object} locked` : `locks ${object}: ${detail}`;
    case CALLS.unlock:
      return `unlocks ${object}: ${detail}`;
    case CALLS.wait:
    case CALLS.waitTimeout:
      return waitDone(detail, object);
    case CALLS.notifyOne:
      return `notifies one waiter of ${object}`;
    case CALLS.notifyAll:
      return `notifies all waiters of ${object}`;
    case CALLS.rwRead:
    case CALLS.rwTryRead:
      return detail === "wouldBlock" ? `finds ${object} locked` : `locks ${object} to read: ${detail}`;
    case CALLS.rwWrite:
    case CALLS.rwTryWrite:
      if (detail === "") return "";
      return detail === "wouldBlock" ? `finds ${object} locked` : `locks ${object} to write: ${detail}`;
    case CALLS.rwUnlock:
      return detail === "" ? `unlocks ${object}` : `unlocks ${object}: ${detail}`;
    case CALLS.isPoisoned:
      return `asks whether ${object} is poisoned: ${detail === "1" ? "yes" : "no"}`;
    case CALLS.clearPoison:
      return `takes the poison of ${object} back`;
    default:
      return meetingDone(event, object) || memoryDone(event, object);
  }
}

/** The first of two events of a wait has nothing to tell yet. */
function waitDone(detail: string, object: string): string {
  if (detail === "") return `waits to be notified on ${object}`;
  if (detail === "spurious") return `wakes up, though nobody notified ${object}`;
  return detail === "timeout"
    ? `waited in vain on ${object}: the time ran out`
    : `was notified on ${object}: ${detail}`;
}

function meetingDone({ call, detail, kind }: TraceEvent, object: string): string {
  switch (call) {
    case CALLS.barrierWait:
      return detail === "" ? "" : `passes ${object}${detail === "1" ? " as the last to arrive" : ""}`;
    case CALLS.park:
    case CALLS.parkTimeout:
      if (detail === "timeout") return "was not unparked in time";
      if (detail === "spurious") return "wakes up, though nobody unparked it";
      return kind === "resumed" ? "goes on" : "parks, but was unparked before";
    case CALLS.onceGet:
      return detail === "empty" ? `finds nothing in ${object}` : `reads ${object}: ${detail}`;
    case CALLS.onceSet:
      return detail === "full" ? `finds ${object} set` : `sets ${object} to ${detail}`;
    case CALLS.onceBegin:
      return detail === "empty" ? `begins to compute ${object}` : `reads ${object}: ${detail}`;
    case CALLS.onceEnd:
      return detail === "" ? `has computed nothing for ${object}` : `has computed ${object}: ${detail}`;
    default:
      return "";
  }
}

function memoryDone({ call, detail }: TraceEvent, object: string): string {
  switch (call) {
    case CALLS.cellGet:
    case CALLS.atomicLoad:
      return `reads ${object}: ${detail}`;
    case CALLS.cellSet:
    case CALLS.atomicStore:
      return `writes ${object} = ${detail}`;
    case CALLS.atomicSwap:
      return `swaps ${object}, which held ${detail}`;
    case CALLS.atomicFetch:
      return `changes ${object}, which held ${detail}`;
    case CALLS.atomicCompareExchange:
      return detail === "differs" ? `finds ${object} changed` : `changes ${object}`;
    default:
      return "";
  }
}
