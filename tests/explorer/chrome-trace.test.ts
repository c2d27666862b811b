import { expect, it } from "vitest";
import { CALLS, type Trace, type TraceEvent } from "#abi";
import { toChromeTrace } from "#explorer";

function event(part: Partial<TraceEvent>): TraceEvent {
  return {
    timeNs: 0,
    thread: 0,
    kind: "called",
    call: 0,
    object: 0,
    detail: "",
    site: 0,
    choice: 0,
    ...part,
  };
}

function trace(...events: TraceEvent[]): Trace {
  return { events, threads: [{ id: 0, name: "main", state: "ended" }], objects: [] };
}

it("a Chrome trace names its threads and has waits as spans in microseconds", () => {
  const blocked = event({ kind: "blocked", call: CALLS.recv, object: 3, timeNs: 2_000_000 });
  const resumed = event({
    kind: "resumed",
    call: CALLS.recv,
    object: 3,
    timeNs: 7_000_000,
    detail: "timeout",
  });
  const { traceEvents } = toChromeTrace(trace(event({ kind: "started" }), blocked, resumed));
  expect(traceEvents).toEqual([
    { name: "thread_name", ph: "M", pid: 1, tid: 0, ts: 0, args: { name: "main" } },
    {
      name: "started",
      ph: "i",
      pid: 1,
      tid: 0,
      ts: 0,
      s: "t",
      args: { kind: "started", object: 0, detail: "", step: 0 },
    },
    {
      name: "waits: recv",
      ph: "X",
      pid: 1,
      tid: 0,
      ts: 2_000,
      dur: 5_000,
      args: { kind: "blocked", object: 3, detail: "timeout", step: 0 },
    },
  ]);
});

it("a wait that never ends lasts to the end of the Chrome trace", () => {
  const blocked = event({ kind: "blocked", call: CALLS.lock, timeNs: 1_000 });
  const { traceEvents } = toChromeTrace(trace(blocked, event({ thread: 1, kind: "ended", timeNs: 9_000 })));
  expect(traceEvents.at(-1)).toMatchObject({ ph: "X", dur: 8, args: { detail: "never ends" } });
});
