import {
  check,
  defaults,
  expect,
  kernelCalls,
  liveTasks,
  liveThreads,
  ms,
  now,
  probe,
  wakeCounter,
} from "check";
import { type Async, blockOn, type Future, joinAll, select, spawn } from "rt";
import { channel, type Receiver, type Sender, unboundedChannel, type UnboundedSender } from "rt/sync";
import { sleep, timeout } from "rt/time";
import { spawn as spawnThread } from "std/thread";
import { forwardBatches } from "./main";

// Every check here measures time.
defaults({ clock: "idle" });

/** One batch as it arrived. Times count from the first poll of forwardBatches. */
interface Batch {
  events: unknown[];
  at: number;
}

/** What comes in: some events that are there before the first poll, others later, and the end. */
interface Plan {
  periodMs: number;
  waiting?: readonly unknown[];
  events?: readonly (readonly [at: number, event: unknown])[];
  endsAt: number;
  /** Batches the channel holds; the taker of batches begins at `takesFrom`. */
  room?: number;
  takesFrom?: number;
}

interface Run {
  batches: Batch[];
  /** When forwardBatches was over; -1 where it was not when the check stopped waiting. */
  returnedAt: number;
}

function show(value: unknown): string {
  return value === undefined ? "undefined" : JSON.stringify(value);
}

/** `0, "", undefined`, or `none`. */
function list(events: readonly unknown[]): string {
  return events.length === 0 ? "none" : events.map(show).join(", ");
}

/** Times of batches, in words. */
function times(batches: readonly Batch[]): string {
  return batches.length === 0 ? "never" : `at ${batches.map(({ at }) => ms(at)).join(", ")}`;
}

/** Equal to the nanosecond: virtual time is exact, the numbers that carry it are not quite. */
const EXACT = 0.000_001;

function sameTime(a: number, b: number): boolean {
  return Math.abs(a - b) < EXACT;
}

/** Calls forwardBatches, which must give a future before anything else can be said of it. */
function make<E>(events: Receiver<E>, batches: Sender<E[]>, periodMs: number): Future<void> {
  const made: unknown = forwardBatches(events, batches, periodMs);
  const isFuture = typeof made === "object" && made !== null && "poll" in made;
  expect(isFuture, () => `forwardBatches returned ${show(made)}, which is no future.`);
  return made as Future<void>;
}

function* sleepTill(time: number): Async<void> {
  if (time > now()) yield* sleep(time - now());
}

/** Sends each event at its time, and gives up its sender at the end. */
function* feed(
  events: UnboundedSender<unknown>,
  { events: plan = [], endsAt }: Plan,
  began: number,
): Async<void> {
  for (const [at, event] of plan) {
    yield* sleepTill(began + at);
    events.send(event);
  }
  yield* sleepTill(began + endsAt);
}

/** More batches than any plan here needs: a program that sends on and on is stopped. */
const BATCHES_MAX = 60;

/** Takes the batches until they end, or until no more can be due. */
function* take(taken: Receiver<unknown[]>, plan: Plan, began: number): Async<Batch[]> {
  const batches: Batch[] = [];
  const { periodMs, takesFrom = 0 } = plan;
  yield* sleepTill(began + takesFrom);
  const patience = began + plan.endsAt + 5 * periodMs;
  while (batches.length < BATCHES_MAX) {
    const got = yield* timeout(Math.max(periodMs, patience - now()), taken.recv());
    if (!got.ok || !got.value.ok) break;
    batches.push({ events: got.value.value, at: now() - began });
  }
  return batches;
}

/** Waits for the future, and gives up its ends of the channels with it. */
function* run(future: Future<void>, began: number): Async<number> {
  yield* future;
  return now() - began;
}

/** Runs forwardBatches beside a feeder and a taker: three tasks of one executor. */
function* forwardWithTasks(plan: Plan): Async<Run> {
  const [events, inbox] = unboundedChannel<unknown>();
  const [outbox, taken] = channel<unknown[]>(plan.room ?? 64);
  for (const event of plan.waiting ?? []) events.send(event);
  const began = now();
  const forwarder = spawn(run(make(inbox, outbox, plan.periodMs), began), { name: "forwarder" });
  spawn(feed(events, plan, began), { name: "feeder" });
  const batches = yield* take(taken, plan, began);
  const returned = yield* timeout(5 * plan.periodMs, forwarder);
  return { batches, returnedAt: returned.ok && returned.value.ok ? returned.value.value : -1 };
}

/** The same with a thread and an executor for each of the three. */
function forwardWithThreads(plan: Plan): Run {
  const [events, inbox] = unboundedChannel<unknown>();
  const [outbox, taken] = channel<unknown[]>(plan.room ?? 64);
  const [done, over] = channel<number>(1);
  for (const event of plan.waiting ?? []) events.send(event);
  const { periodMs } = plan;
  const began = now();
  const forwarder = spawnThread(
    () => {
      blockOn(make(inbox, outbox, periodMs));
      done.trySend(now() - began);
    },
    { name: "forwarder" },
  );
  spawnThread(() => blockOn(feed(events, plan, began)), { name: "feeder" });
  const batches = blockOn(take(taken, plan, began));
  const returned = blockOn(timeout(5 * periodMs, over.recv()));
  if (returned.ok && !returned.value.ok) forwarder.join();
  return { batches, returnedAt: returned.ok && returned.value.ok ? returned.value.value : -1 };
}

/** A batch for each multiple of the period between `from` and the end must have come when it was due. */
function expectOnTime(
  { batches }: Run,
  { periodMs, endsAt }: Plan,
  happened: string,
  { from = 0, late = EXACT } = {},
): void {
  for (let due = periodMs; due < endsAt; due += periodMs) {
    if (due <= from) continue;
    expect(
      batches.some(({ at }) => at > due - EXACT && at < due + late),
      () => {
        const next = batches.find(({ at }) => at >= due);
        return `${happened}. A batch was due at ${ms(due)}; ${next === undefined ? "none came then or later" : `the next one came at ${ms(next.at)}`}.`;
      },
    );
  }
}

/** Every event must have come, once, in order. */
function expectAll({ batches }: Run, sent: readonly unknown[], happened: string): void {
  const arrived = batches.flatMap((batch) => batch.events);
  expect(
    list(arrived) === list(sent),
    () => `${happened}. The events were ${list(sent)}; the batches held ${list(arrived)}.`,
  );
}

function expectReturned({ returnedAt }: Run, due: number, happened: string): void {
  expect(
    sameTime(returnedAt, due),
    () =>
      `${happened} at ${ms(due)}. forwardBatches ${returnedAt < 0 ? "had not returned five periods later" : `returned at ${ms(returnedAt)}`}.`,
  );
}

check("beats", "A batch comes at every multiple of the period, also an empty one", () => {
  for (const [periodMs, endsAt] of [
    [500, 1_720],
    [62.5, 150],
  ] as const) {
    const plan = { periodMs, endsAt };
    const it = blockOn(forwardWithTasks(plan));
    const happened = `No event came for ${ms(endsAt)}; the period was ${ms(periodMs)}`;
    expectOnTime(it, plan, happened);
    const extra = it.batches.filter(
      ({ at }) => at > 0 && at < endsAt && !sameTime(at / periodMs, Math.round(at / periodMs)),
    );
    expect(
      extra.length === 0,
      () => `${happened}. No batch was due between its multiples; some came ${times(extra)}.`,
    );
  }
});

/** An event every `every` ms. */
function steady(every: number, endsAt: number): [number, number][] {
  const events: [number, number][] = [];
  for (let at = every; at < endsAt; at += every) events.push([at, events.length + 1]);
  return events;
}

check(
  "on-time",
  "Events do not move the batches",
  () => {
    for (const [periodMs, every, endsAt] of [
      [300, 130, 1_000],
      [100, 35, 260],
      [80, 170, 400],
    ] as const) {
      const plan = { periodMs, events: steady(every, endsAt), endsAt };
      const happened = `An event came every ${ms(every)}, and a batch is due every ${ms(periodMs)}`;
      expectOnTime(blockOn(forwardWithTasks(plan)), plan, happened);
    }
  },
  {
    explain: "A dashboard that stands still while much happens is of no use: that is when people look at it.",
  },
);

check("contents", "Every event is once in the batch of its period, in order", () => {
  const plan = {
    periodMs: 200,
    events: [
      [1, "a"],
      [30, 0],
      [30, ""],
      [199, undefined],
      [201, null],
      [250, false],
      [720, { task: 7 }],
      [720, "z"],
    ],
    endsAt: 850,
  } as const;
  const it = blockOn(forwardWithTasks(plan));
  const happened = "The period was 200 ms, and events came at different times";
  expectAll(it, ["a", 0, "", undefined, null, false, { task: 7 }, "z"], happened);
  const due = [["a", 0, "", undefined], [null, false], [], [{ task: 7 }, "z"]];
  const beats = it.batches.filter(({ at }) => at > 0);
  due.forEach((events, i) => {
    const batch = beats[i];
    expect(
      batch !== undefined && list(batch.events) === list(events),
      () =>
        `The period was 200 ms. Between ${ms(200 * i)} and ${ms(200 * i + 200)} these events came: ${list(events)}. The batch for them held ${batch === undefined ? "nothing, for it never came" : list(batch.events)}.`,
    );
  });
});

check(
  "very-tick",
  "An event that races a tick is not lost",
  () => {
    const plan = {
      periodMs: 100,
      waiting: [0],
      events: [
        [99.5, 1],
        [100, 2],
        [200, 3],
        [200, 4],
      ],
      endsAt: 350,
    } as const;
    const it = forwardWithThreads(plan);
    expectAll(
      it,
      [0, 1, 2, 3, 4],
      "The period was 100 ms, and events came at 99.5 ms and at exactly 100 ms and 200 ms",
    );
    expectOnTime(it, plan, "Events came at the very instants of the batches");
  },
  {
    runs: 30,
    explain: "The loser of a select is dropped where it stands. What it had taken by then is gone with it.",
  },
);

check("full", "While batches have to wait nothing is lost, and afterwards they are on time", () => {
  const events = steady(30, 660);
  const plan = { periodMs: 100, events, endsAt: 680, room: 1, takesFrom: 350 };
  const it = blockOn(forwardWithTasks(plan));
  const happened =
    "The period was 100 ms, and the channel has room for one batch. Nobody took any for 350 ms, then all at once";
  const sent = events.map(([, event]) => event);
  expectAll(it, sent, happened);
  expectOnTime(it, plan, happened, { from: 350 });
});

check(
  "rest",
  "When the events end, the rest is sent at once and it returns",
  () => {
    const happened = "The events ended";
    const plan = {
      periodMs: 100,
      events: [
        [30, 1],
        [130, 2],
        [140, 3],
      ],
      endsAt: 170,
    } as const;
    const it = blockOn(forwardWithTasks(plan));
    expectAll(it, [1, 2, 3], `${happened} at 170 ms, in the middle of a period of 100 ms`);
    expectReturned(it, 170, happened);
    const last = it.batches.filter(({ at }) => at > 100 + EXACT);
    expect(
      last.length === 1 && sameTime(last[0]?.at ?? 0, 170),
      () =>
        `${happened} at 170 ms, with two events that no batch had held yet. They should come in one last batch at 170 ms; after the first period batches came ${times(last)}.`,
    );

    const early = blockOn(forwardWithTasks({ periodMs: 90, waiting: ["x", "y"], endsAt: 0 }));
    expectAll(early, ["x", "y"], "The events had ended before the first poll");
    expectReturned(early, 0, "The events had ended");
  },
  { explain: "The last events are often the ones that matter: what failed, and why it is over." },
);

check("no-rest", "When the events end and nothing is left, no batch is sent", () => {
  const it = blockOn(forwardWithTasks({ periodMs: 100, events: [[60, 1]], endsAt: 150 }));
  const batches = it.batches.filter(({ at }) => at > 0);
  expect(
    batches.length === 1,
    () =>
      `The events ended at 150 ms, when every event had been in a batch. Only that batch was due, at 100 ms; ${batches.length === 0 ? "it never came" : `batches came ${times(batches)}`}.`,
  );
  expectReturned(it, 150, "The events ended");
});

/** Runs forwardBatches, drops the receiver of its batches, and says how long after that it returned; -1: not at all. */
function* abandon(every: number, room: number, dropsAt: number): Async<number> {
  const [events, inbox] = unboundedChannel<unknown>();
  const [outbox, taken] = channel<unknown[]>(room);
  const began = now();
  const forwarder = spawn(run(make(inbox, outbox, 100), began), { name: "forwarder" });
  const feeder = spawn(feed(events, { periodMs: 100, events: steady(every, 460), endsAt: 460 }, began), {
    name: "feeder",
  });
  yield* sleep(dropsAt);
  taken.drop();
  const returned = yield* timeout(200 + EXACT, forwarder);
  feeder.abort();
  return returned.ok && returned.value.ok ? returned.value.value - dropsAt : -1;
}

check(
  "unheard",
  "When nobody takes batches any more, it returns",
  () => {
    for (const [every, room, dropsAt, what] of [
      [5_000, 8, 120, "no event came"],
      [15, 8, 120, "an event came every 15 ms"],
      [15, 1, 250, "a batch was waiting for room"],
    ] as const) {
      const took = blockOn(abandon(every, room, dropsAt));
      expect(
        took >= 0,
        () =>
          `The period was 100 ms. The receiver of the batches was dropped at ${ms(dropsAt)}, while ${what}. Two periods later forwardBatches had not returned.`,
      );
    }
  },
  { explain: "Work for nobody is the leak that no error ever reports." },
);

/** Notes how late a task is that wants to run every 10 ms. */
function* neighbor(until: number): Async<number> {
  let latest = 0;
  for (let due = now() + 10; due < until; due += 10) {
    yield* sleepTill(due);
    latest = Math.max(latest, now() - due);
  }
  return latest;
}

check(
  "neighbor",
  "It never blocks the thread it runs in",
  () => {
    const latest = blockOn(
      (function* () {
        const beside = spawn(neighbor(now() + 300), { name: "neighbor" });
        yield* forwardWithTasks({ periodMs: 100, events: [[150, 1]], endsAt: 250 });
        return yield* beside;
      })(),
    );
    expect(
      latest.ok && latest.value < EXACT,
      () =>
        `Another task of the same thread wanted to run every 10 ms. It came up to ${latest.ok ? ms(latest.value) : "for ever"} late: something blocked the thread.`,
    );
  },
  { explain: "All tasks of an executor share one thread. Who blocks it, blocks them all." },
);

check("next-call", "A call knows nothing of the calls before it, or beside it", () => {
  blockOn(
    (function* () {
      yield* sleep(33);
      const plans = [
        { periodMs: 50, waiting: ["one"], endsAt: 120 },
        { periodMs: 40, waiting: ["two"], endsAt: 90 },
      ];
      for (const [i, it] of (yield* joinAll(plans.map(forwardWithTasks))).entries()) {
        const plan = plans[i] as Plan;
        const happened = `Two calls ran at once, with one event each. One of them had a period of ${ms(plan.periodMs)}`;
        expectAll(it, plan.waiting ?? [], happened);
        expectOnTime(it, plan, happened);
      }
    })(),
  );
});

check(
  "drift",
  "Batches stay on time for ever",
  () => {
    const plan = { periodMs: 50, events: steady(110, 610), endsAt: 610 };
    const it = forwardWithThreads(plan);
    expectOnTime(it, plan, "Code takes a little time here, and periods are 50 ms long", { late: 3 });
  },
  {
    callCostNs: 100_000,
    runs: 12,
    explain:
      "In this check every kernel call and every poll takes 0.1 ms. A period that begins when the last batch is done is a little too long each time.",
  },
);

/** Choices that a schedule decides one by one; those after them are made by chance. */
const DIRECTED_MAX = 1_010;

/**
 * Makes so many choices that the rest of the run is left to chance. Without this a schedule may ask one branch of a
 * `select` first each time, and a fair one is then like a biased one.
 */
function leaveToChance(): void {
  const { cx } = wakeCounter();
  const undecided = select({ heads: probe(), tails: probe() });
  for (let i = 0; i < DIRECTED_MAX; i += 1) undecided.poll(cx);
}

check(
  "busy",
  "A queue full of events does not hold up the batches",
  () => {
    leaveToChance();
    const waiting = Array.from({ length: 300 }, (_, i) => i);
    const plan = { periodMs: 40, waiting, endsAt: 130 };
    const it = forwardWithThreads(plan);
    const happened = "300 events were waiting, and each call takes 0.4 ms; the period was 40 ms";
    expectOnTime(it, plan, happened, { late: 35 });
  },
  {
    callCostNs: 400_000,
    runs: 6,
    explain:
      "In this check every kernel call and every poll takes 0.4 ms. While there is always one more event to take, somebody must look at the clock.",
  },
);

check(
  "no-spinning",
  "Waiting costs nothing",
  () => {
    const before = kernelCalls();
    const it = blockOn(forwardWithTasks({ periodMs: 200, endsAt: 1_100 }));
    const used = kernelCalls() - before;
    expect(
      used < 240,
      () =>
        `No event came for 1,100 ms, and ${used} kernel calls were made in that time. A select that sleeps until something happens costs a few for each batch.`,
    );
    const batches = it.batches.filter(({ at }) => at > 100 && at < 1_090);
    expect(
      batches.length === 5,
      () => `No event came for 1,100 ms; the period was 200 ms. 5 batches were due, ${batches.length} came.`,
    );
  },
  {
    callCostNs: 1_000_000,
    runs: 10,
    explain: "In this check every kernel call and every poll takes 1 ms of a core.",
  },
);

check("nothing-left", "When it is over, no task and no thread of it is left", () => {
  const threads = liveThreads();
  const left = blockOn(
    (function* () {
      const it = yield* forwardWithTasks({ periodMs: 100, events: [[250, 1]], endsAt: 330 });
      expectReturned(it, 330, "The events ended");
      yield* sleep(1);
      return liveTasks() + liveThreads() - threads;
    })(),
  );
  expect(
    left === 0,
    () =>
      `1 ms after forwardBatches had returned, ${left === 1 ? "a task or thread" : `${left} tasks and threads`} of it ${left === 1 ? "was" : "were"} still alive.`,
  );
});
