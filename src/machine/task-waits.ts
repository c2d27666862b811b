import { CALLS, type Trace, type TraceEvent } from "#abi";

/** What each task waits for at the end of a poll, and what a call that was given up had waited for. */
export class TaskWaits {
  readonly #pending = new Map<string, TraceEvent[]>();
  readonly #atEvent = new Map<TraceEvent, readonly TraceEvent[]>();

  constructor(trace: Trace) {
    for (const event of trace.events) this.#see(event);
  }

  /** Of `task-suspended`: the `pending` events that have come to nothing so far. Of `given-up`: the one it was. */
  at(event: TraceEvent): readonly TraceEvent[] {
    return this.#atEvent.get(event) ?? [];
  }

  #see(event: TraceEvent): void {
    const pending = this.#of(event);
    if (event.kind === "pending") pending.push(event);
    else if (event.kind === "task-suspended") this.#atEvent.set(event, [...pending]);
    else if (event.kind === "resumed" || event.kind === "given-up") {
      const at = findPending(pending, event);
      if (at >= 0) this.#atEvent.set(event, pending.splice(at, 1));
    }
  }

  #of({ thread, task }: TraceEvent): TraceEvent[] {
    const key = `${thread} ${task}`;
    let list = this.#pending.get(key);
    if (list === undefined) this.#pending.set(key, (list = []));
    return list;
  }
}

/** Several sleeps look the same but for when they end. */
function findPending(pending: readonly TraceEvent[], event: TraceEvent): number {
  const alike = ({ call, object }: TraceEvent) => call === event.call && object === event.object;
  if (event.kind === "given-up") return pending.findIndex((one) => alike(one) && one.detail === event.detail);
  if (event.call !== CALLS.sleepUntil) return pending.findIndex(alike);
  return pending.findIndex((one) => alike(one) && Number(one.detail) <= event.timeNs);
}
