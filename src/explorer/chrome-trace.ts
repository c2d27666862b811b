import { callName, type TraceEvent, type Trace } from "#abi";

/** One event of the Chrome trace format, which Perfetto opens. Times are microseconds. */
export interface ChromeEvent {
  readonly name: string;
  /** `M` names a thread, `i` is an instant, `X` a span. */
  readonly ph: "M" | "i" | "X";
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly s?: "t";
  readonly args: Readonly<Record<string, string | number>>;
}

export interface ChromeTrace {
  readonly displayTimeUnit: "ms";
  readonly traceEvents: readonly ChromeEvent[];
}

/** A recorded run as a Chrome trace: waits become spans, everything else instants, on the virtual clock. */
export function toChromeTrace(trace: Trace): ChromeTrace {
  const names = trace.threads.map((thread): ChromeEvent => ({
    name: "thread_name",
    ph: "M",
    pid: 1,
    tid: thread.id,
    ts: 0,
    args: { name: thread.name },
  }));
  const waits = new Map<number, TraceEvent>();
  const events: ChromeEvent[] = [];
  for (const event of trace.events) {
    const wait = waits.get(event.thread);
    if (event.kind === "blocked") waits.set(event.thread, event);
    else if (event.kind === "resumed" && wait !== undefined) {
      waits.delete(event.thread);
      events.push(toSpan(wait, event.timeNs, event.detail));
    } else events.push(toInstant(event));
  }
  const endNs = trace.events.at(-1)?.timeNs ?? 0;
  for (const wait of waits.values()) events.push(toSpan(wait, endNs, "never ends"));
  return { displayTimeUnit: "ms", traceEvents: [...names, ...events] };
}

function toSpan(wait: TraceEvent, endNs: number, detail: string): ChromeEvent {
  const base = toInstant(wait);
  return {
    name: `waits: ${base.name}`,
    ph: "X",
    pid: 1,
    tid: wait.thread,
    ts: base.ts,
    dur: (endNs - wait.timeNs) / 1_000,
    args: { ...base.args, detail },
  };
}

function toInstant(event: TraceEvent): ChromeEvent {
  return {
    name: event.call === 0 ? event.kind : callName(event.call),
    ph: "i",
    pid: 1,
    tid: event.thread,
    ts: event.timeNs / 1_000,
    s: "t",
    args: { kind: event.kind, object: event.object, detail: event.detail, step: event.choice },
  };
}
