import { CALLS, type Flight, type Trace } from "#abi";
import type { EventLink } from "./event-links.ts";

/** Each write, with the reads that got its bytes. Bytes of scripted peers come from no event. */
export function linkFlights(trace: Trace): readonly EventLink[] {
  const links = new Map<string, EventLink>();
  for (const flight of trace.flights ?? []) {
    const from = sendOf(trace, flight);
    if (from < 0) continue;
    for (const after of flight.readAfter) {
      const to = indexOf(trace, after, CALLS.streamRead, flight.to);
      if (to >= 0) links.set(`${from} ${to}`, { kind: "message", from, to });
    }
  }
  return [...links.values()];
}

/** Place in the trace of the event that sent the flight; -1 where a scripted peer did. */
function sendOf(trace: Trace, flight: Flight): number {
  return indexOf(trace, flight.sentAfter, CALLS.streamWrite, flight.from);
}

/** The first event from `from` on with which `call` on `object` took effect: what it woke was told before it. */
function indexOf(trace: Trace, from: number, call: number, object: number): number {
  for (let at = from; at < trace.events.length; at++) {
    const event = trace.events[at];
    if (event?.call === call && event.object === object && event.kind !== "blocked") return at;
  }
  return -1;
}
