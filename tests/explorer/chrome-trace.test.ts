import { expect, it } from "vitest";
import { CALLS, type Trace, type TraceEvent } from "#abi";
import { toChromeTrace } from "#explorer";

function event(part: Partial<TraceEvent>): TraceEvent {
  return {
    timeNs: 0,
    thread: 0,
    task: 0,
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
    { name: "process_name", ph: "M", pid: 1, tid: 0, ts: 0, args: { name: "main" } },
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

/** Task 1 is the future of a `blockOn`, task 2 one that it spawned, on thread 0; thread 1 is another. */
function tasksTrace(...events: TraceEvent[]): Trace {
  return {
    events,
    threads: [
      { id: 0, name: "main", state: "ended" },
      { id: 1, name: "other", state: "ended" },
    ],
    objects: [
      { id: 1, type: "task", site: 0, name: "main", thread: 0, isRoot: true },
      { id: 2, type: "task", site: 0, name: "a", thread: 0 },
    ],
  };
}

const MS = 1_000_000;
const polled = event({ kind: "task-polled", task: 2, object: 2 });
const pending = event({ kind: "pending", task: 2, call: CALLS.recv, object: 3 });
const suspended = event({ kind: "task-suspended", task: 2, object: 2, timeNs: 4 * MS });
const woken = event({ kind: "task-woken", thread: 1, object: 2, timeNs: 9 * MS });
const again = { ...polled, timeNs: 10 * MS };
const ended = event({ kind: "task-ended", task: 2, object: 2, timeNs: 12 * MS });

it("each thread is a process of its own, with a row for each of its tasks", () => {
  const named = toChromeTrace(tasksTrace()).traceEvents.map(({ name, pid, tid, args }) => [
    name,
    pid,
    tid,
    args["name"],
  ]);
  expect(named).toEqual([
    ["process_name", 1, 0, "main"],
    ["thread_name", 1, 0, "main"],
    ["process_name", 2, 1, "other"],
    ["thread_name", 2, 1, "other"],
    ["thread_name", 1, 1002, "a"],
  ]);
});

it("polls are slices that say how they ended, and between two of them a task waits", () => {
  const { traceEvents } = toChromeTrace(tasksTrace(polled, pending, suspended, woken, again, ended));
  const slices = traceEvents.filter(({ ph }) => ph === "X");
  expect(
    slices.map(({ name, pid, tid, ts, dur, args }) => [name, pid, tid, ts, dur, args["detail"]]),
  ).toEqual([
    ["poll", 1, 1002, 0, 4_000, "pending"],
    ["waits: recv", 1, 1002, 4_000, 6_000, ""],
    ["poll", 1, 1002, 10_000, 2_000, "ready"],
  ]);
});

it("a wake is a flow from whoever woke to the poll, and the clock's is none", () => {
  const flows = (...events: TraceEvent[]) =>
    toChromeTrace(tasksTrace(...events))
      .traceEvents.filter(({ ph }) => ph === "s" || ph === "f")
      .map(({ ph, id, pid, tid, ts, bp }) => [ph, id, pid, tid, ts, bp]);
  expect(flows(polled, suspended, woken, again)).toEqual([
    ["s", 1, 2, 1, 9_000, undefined],
    ["f", 1, 1, 1002, 10_000, "e"],
  ]);
  expect(flows(polled, suspended, { ...woken, detail: "clock" }, again)).toEqual([]);
});

it("an executor with nothing to poll is idle until it polls, on its thread's row", () => {
  const root = { ...polled, task: 0, object: 1 };
  const { traceEvents } = toChromeTrace(
    tasksTrace(
      root,
      { ...suspended, task: 0, object: 1, timeNs: 0 },
      event({ kind: "blocked", call: CALLS.taskNext }),
      again,
      ended,
    ),
  );
  const slices = traceEvents.filter(({ ph, tid }) => ph === "X" && tid === 0);
  expect(slices.map(({ name, ts, dur }) => [name, ts, dur])).toEqual([
    ["poll", 0, 0],
    ["idle", 0, 10_000],
  ]);
});
