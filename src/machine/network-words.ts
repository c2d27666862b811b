import { CALLS, type Trace, type TraceEvent } from "#abi";
import { formatMs } from "#base";

/** What somebody who waits for the network waits for; "" for other calls. `object` is the socket, as the program calls it. */
export function networkWaiting(event: TraceEvent, object: string): string {
  switch (event.call) {
    case CALLS.accept:
      return `waits for a connection to ${object}`;
    case CALLS.connected:
      return `waits for ${object}`;
    case CALLS.streamRead:
      return `waits for bytes on ${object}`;
    case CALLS.streamWrite:
      return `waits for room in ${object}`;
    case CALLS.poll:
      return event.object === 0 ? "waits in poll" : `waits until ${object} is ready`;
    default:
      return "";
  }
}

/** What a thread did with the network, in words; "" for other calls. */
export function networkDone(event: TraceEvent, object: string, trace: Trace): string {
  const { detail } = event;
  const failed = FAILED[detail];
  switch (event.call) {
    case CALLS.bind:
      return detail === "addressInUse" ? "finds the port taken" : `listens on port ${detail}`;
    case CALLS.accept:
      return failed === undefined ? `accepts a connection to ${object}` : `finds no connection to ${object}`;
    case CALLS.connect:
      return `asks for a connection to port ${detail}`;
    case CALLS.connected:
      return failed === undefined ? "is connected" : `is not connected: ${failed}`;
    case CALLS.streamShutdown:
      return `shuts down ${detail.replaceAll('"', "")} on ${object}`;
    case CALLS.socketClose:
      return `closes ${object}`;
    case CALLS.poll:
      if (event.object !== 0) return `finds ${object} ready`;
      return detail === "0" ? "polls in vain: the time ran out" : `polls: ${detail} ready`;
    default:
      return moved(event, object, trace, failed);
  }
}

function moved(event: TraceEvent, object: string, trace: Trace, failed: string | undefined): string {
  const { call, detail } = event;
  if (call === CALLS.streamRead) {
    if (failed !== undefined) return `reads nothing from ${object}: ${failed}`;
    return detail === '""' ? `finds the end of ${object}` : `reads ${detail} from ${object}`;
  }
  if (call !== CALLS.streamWrite) return "";
  if (failed !== undefined) return `cannot write on ${object}: ${failed}`;
  return `writes ${detail} on ${object}${arrival(event, trace)}`;
}

/** When the bytes are there, where they take time. */
function arrival({ object, timeNs }: TraceEvent, trace: Trace): string {
  const last = trace.flights?.findLast((flight) => flight.from === object && flight.sentNs === timeNs);
  return last === undefined || last.arrivesNs === timeNs ? "" : `, there at ${formatMs(last.arrivesNs)}`;
}

/** How calls fail, by the trace's status words. */
const FAILED: Readonly<Record<string, string>> = {
  timeout: "the time ran out",
  wouldBlock: "it would have to wait",
  reset: "the other side cut the connection off",
  brokenPipe: "its writing was shut down",
  refused: "nobody listens there",
};
