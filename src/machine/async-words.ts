import { CALLS, type TraceEvent } from "#abi";

/** What a task waits for in the calls of `rt/sync`; "" for other calls. `object` is what the program calls it. */
export function asyncWaiting(call: number, object: string): string {
  switch (call) {
    case CALLS.oneshotRecv:
      return `waits for the message on ${object}`;
    case CALLS.oneshotClosed:
      return `waits until the receiver of ${object} is gone`;
    case CALLS.broadcastRecv:
      return `waits for a message on ${object}`;
    case CALLS.watchChanged:
      return `waits for a change of ${object}`;
    case CALLS.notified:
      return `waits to be notified on ${object}`;
    case CALLS.acquire:
      return `waits for permits of ${object}`;
    case CALLS.asyncLock:
      return `waits for ${object}`;
    case CALLS.tokenCancelled:
      return `waits until ${object} is cancelled`;
    default:
      return "";
  }
}

/** What a finished call of `rt/sync` did; "" for other calls. */
export function asyncDone({ call, detail }: TraceEvent, object: string): string {
  switch (call) {
    case CALLS.oneshotSend:
    case CALLS.broadcastSend:
      return detail === "disconnected"
        ? `cannot send on ${object}: disconnected`
        : `sends ${detail} on ${object}`;
    case CALLS.oneshotRecv:
    case CALLS.broadcastRecv:
      return received(detail, object);
    case CALLS.oneshotClosed:
      return detail === "1"
        ? `finds the receiver of ${object} gone`
        : `finds the receiver of ${object} there`;
    case CALLS.broadcastCount:
      return `counts the receivers of ${object}: ${detail}`;
    case CALLS.broadcastSubscribe:
    case CALLS.watchSubscribe:
      return detail === "" ? `makes another receiver of ${object}` : `clones a sender of ${object}`;
    case CALLS.tokenCancel:
      return `cancels ${object}`;
    case CALLS.tokenCancelled:
      return detail === "1" ? `finds ${object} cancelled` : `finds ${object} not cancelled`;
    default:
      return watchDone(call, detail, object) || permitsDone(call, detail, object);
  }
}

function received(detail: string, object: string): string {
  if (detail === "empty") return `gets nothing from ${object}: it is empty`;
  if (detail === "disconnected") return `gets nothing from ${object}: disconnected`;
  return detail === "lagged"
    ? `was too slow for ${object} and missed values`
    : `receives ${detail} from ${object}`;
}

function watchDone(call: number, detail: string, object: string): string {
  switch (call) {
    case CALLS.watchSend:
      return detail === "disconnected"
        ? `cannot write ${object}: nobody watches`
        : `writes ${object} = ${detail}`;
    case CALLS.watchBorrow:
      return `reads ${object}: ${detail}`;
    case CALLS.watchModify:
      return detail === "" ? "" : `changes ${object} to ${detail}`;
    case CALLS.watchChanged:
      if (detail === "disconnected") return `finds that ${object} will not change again`;
      return detail === "1" ? `finds ${object} changed` : `finds ${object} unchanged`;
    default:
      return "";
  }
}

function permitsDone(call: number, detail: string, object: string): string {
  switch (call) {
    case CALLS.notify:
      if (detail === "2") return "";
      return detail === "1" ? `notifies all who wait on ${object}` : `notifies one who waits on ${object}`;
    case CALLS.notified:
      return `was notified on ${object}`;
    case CALLS.acquire:
      if (detail === "disconnected") return `finds ${object} closed`;
      if (detail === "empty") return `finds too few permits of ${object}`;
      return detail === "1" ? `takes a permit of ${object}` : `takes ${detail} permits of ${object}`;
    case CALLS.release:
      return `gives back what it has of ${object}`;
    case CALLS.addPermits:
      return `adds ${detail} to the permits of ${object}`;
    case CALLS.closeSemaphore:
      return `closes ${object}`;
    case CALLS.availablePermits:
      return `asks how many permits of ${object} are free: ${detail}`;
    case CALLS.asyncLock:
      return detail === "wouldBlock" ? `finds ${object} locked` : `locks ${object}: ${detail}`;
    case CALLS.asyncUnlock:
      return detail === "" ? `unlocks ${object}` : `unlocks ${object}: ${detail}`;
    default:
      return "";
  }
}
