import { check, defaults, expect, kernelCalls, liveThreads, ms, now } from "check";
import { type Receiver, type Sender, channel } from "std/sync";
import { sleep, spawn } from "std/thread";
import { forwardBlocking } from "./main";

// Every check here measures time.
defaults({ clock: "idle" });

/** One batch as it arrived. Times count from the call of forwardBlocking. */
interface Batch {
  events: unknown[];
  at: number;
}

/** What comes in: some events that are there before the call, others later, and the end. */
interface Plan {
  periodMs: number;
  waiting?: readonly unknown[];
  events?: readonly (readonly [at: number, event: unknown])[];
  endsAt: number;
}

interface Run {
  batches: Batch[];
  /** When forwardBlocking returned; -1 where it had not when the check stopped waiting. */
  returnedAt: number;
}

function show(value: unknown): string {
  return value === undefined ? "undefined" : JSON.stringify(value);
}

/** `0, "", undefined`, or `none`. */
function list(events: readonly unknown[]): string {
  return events.length === 0 ? "none" : events.map(show).join(", ");
}

/** Equal to the nanosecond: virtual time is exact, the numbers that carry it are not quite. */
function sameTime(a: number, b: number): boolean {
  return Math.abs(a - b) < 0.000_001;
}

/** Sends each event at its time, and gives up its sender at the end. */
function feed(events: Sender<unknown>, { events: plan = [], endsAt }: Plan, began: number): void {
  for (const [at, event] of plan) {
    sleep(Math.max(0, began + at - now()));
    events.send(event);
  }
  sleep(Math.max(0, began + endsAt - now()));
}

/** More batches than any plan here needs: a program that sends on and on is stopped. */
const BATCHES_MAX = 60;

/** Runs forwardBlocking in a thread of its own, with a feeder beside it, and takes the batches. */
function forward(plan: Plan): Run {
  const [events, inbox] = channel<unknown>();
  const [outbox, taken] = channel<unknown[]>();
  const [done, over] = channel<number>();
  for (const event of plan.waiting ?? []) events.send(event);
  const { periodMs } = plan;
  const began = now();
  const forwarder = spawn(
    () => {
      forwardBlocking(inbox, outbox, periodMs);
      done.send(now());
    },
    { name: "forwarder" },
  );
  spawn(() => feed(events, plan, began), { name: "feeder" });

  const batches: Batch[] = [];
  const patience = plan.endsAt + 5 * periodMs;
  while (batches.length < BATCHES_MAX) {
    const got = taken.recvTimeout(Math.max(periodMs, began + patience - now()));
    if (!got.ok) break;
    batches.push({ events: got.value, at: now() - began });
  }
  // The last sender may go a moment before the function returns, at the same time.
  const returned = over.recvTimeout(5 * periodMs);
  if (!returned.ok && returned.error === "disconnected") forwarder.join();
  return { batches, returnedAt: returned.ok ? returned.value - began : -1 };
}

/** The batch for each period until the end must have come when it was due. */
function expectOnTime(
  { batches }: Run,
  { periodMs, endsAt }: Plan,
  happened: string,
  tolerance = 0.000_001,
): void {
  for (let k = 1; k * periodMs < endsAt; k += 1) {
    const batch = batches[k - 1];
    const due = k * periodMs;
    expect(
      batch !== undefined && Math.abs(batch.at - due) < tolerance,
      () =>
        `${happened}. The batch due at ${ms(due)} ${batch === undefined ? "never came" : `came at ${ms(batch.at)}`}.`,
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

check("beats", "A batch comes at every multiple of the period, also an empty one", () => {
  for (const [periodMs, endsAt] of [
    [500, 1_720],
    [62.5, 150],
  ] as const) {
    const plan = { periodMs, endsAt };
    const run = forward(plan);
    const happened = `No event came for ${ms(endsAt)}; the period was ${ms(periodMs)}`;
    expectOnTime(run, plan, happened);
    expectAll(run, [], happened);
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
      expectOnTime(
        forward(plan),
        plan,
        `An event came every ${ms(every)}, and a batch is due every ${ms(periodMs)}`,
      );
    }
  },
  {
    explain: "A dashboard that stands still while much happens is of no use: that is when people look at it.",
  },
);

check("contents", "Every event is once in the batch of its period, in order", () => {
  const plan = {
    periodMs: 200,
    waiting: ["a", "b"],
    events: [
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
  const run = forward(plan);
  const happened = "The period was 200 ms, and events came at different times";
  expectAll(run, ["a", "b", 0, "", undefined, null, false, { task: 7 }, "z"], happened);
  const due = [["a", "b", 0, "", undefined], [null, false], [], [{ task: 7 }, "z"]];
  due.forEach((events, i) => {
    const batch = run.batches[i];
    expect(
      batch !== undefined && list(batch.events) === list(events),
      () =>
        `The period was 200 ms. Between ${ms(200 * i)} and ${ms(200 * i + 200)} these events came: ${list(events)}. The batch for them held ${batch === undefined ? "nothing, for it never came" : list(batch.events)}.`,
    );
  });
});

check("very-tick", "An event at the very instant of a batch is not lost", () => {
  const plan = {
    periodMs: 100,
    events: [
      [100, 1],
      [200, 2],
      [200, 3],
    ],
    endsAt: 350,
  } as const;
  const run = forward(plan);
  expectAll(run, [1, 2, 3], "The period was 100 ms, and events came at exactly 100 ms and 200 ms");
  expectOnTime(run, plan, "Events came at the very instants of the batches");
});

function expectReturned({ returnedAt }: Run, due: number, happened: string): void {
  expect(
    sameTime(returnedAt, due),
    () =>
      `${happened} at ${ms(due)}. forwardBlocking ${returnedAt < 0 ? "had not returned five periods later" : `returned at ${ms(returnedAt)}`}.`,
  );
}

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
    const run = forward(plan);
    expectAll(run, [1, 2, 3], `${happened} at 170 ms, in the middle of a period of 100 ms`);
    expectReturned(run, 170, happened);
    const last = run.batches[1];
    expect(
      last !== undefined && sameTime(last.at, 170) && run.batches.length === 2,
      () =>
        `${happened} at 170 ms, with two events that no batch had held yet. They should come in one last batch at 170 ms; after the first period batches came at ${run.batches
          .slice(1)
          .map(({ at }) => ms(at))
          .join(", ")}.`,
    );

    const early = forward({ periodMs: 90, waiting: ["x", "y"], endsAt: 0 });
    expectAll(early, ["x", "y"], "The events had ended before the call");
    expectReturned(early, 0, "The events had ended");
  },
  { explain: "The last events are often the ones that matter: what failed, and why it is over." },
);

check("no-rest", "When the events end and nothing is left, no batch is sent", () => {
  const run = forward({ periodMs: 100, events: [[60, 1]], endsAt: 150 });
  expect(
    run.batches.length === 1,
    () =>
      `The events ended at 150 ms, when every event had been in a batch. ${run.batches.length === 0 ? "That batch, due at 100 ms, never came." : `Only that batch was due, at 100 ms; batches came at ${run.batches.map(({ at }) => ms(at)).join(", ")}.`}`,
  );
  expectReturned(run, 150, "The events ended");
  const none = forward({ periodMs: 100, endsAt: 0 });
  expect(
    none.batches.length === 0,
    () => `There were no events at all, and ${none.batches.length} batches came.`,
  );
});

/** Starts a forwarder, takes one batch, and drops the receiver. Returns who hears of its return. */
function abandon(inbox: Receiver<number>, periodMs: number): Receiver<number> {
  const [outbox, taken] = channel<number[]>();
  const [done, over] = channel<number>();
  spawn(
    () => {
      forwardBlocking(inbox, outbox, periodMs);
      done.send(now());
    },
    { name: "forwarder" },
  );
  taken.recvTimeout(2 * periodMs);
  sleep(0.2 * periodMs);
  taken.drop();
  return over;
}

check(
  "unheard",
  "When nobody takes batches any more, it returns",
  () => {
    for (const every of [1_000, 15]) {
      const [events, inbox] = channel<number>();
      const before = liveThreads();
      const feeder = spawn(
        () => {
          for (let i = 0; i * every < 1_000; i += 1) {
            if (!events.send(i).ok) return;
            sleep(every);
          }
        },
        { name: "feeder" },
      );
      const over = abandon(inbox, 100);
      const dropped = now();
      const returned = over.recvTimeout(201);
      expect(
        returned.ok,
        () =>
          `The period was 100 ms. The receiver of the batches was dropped at ${ms(dropped)}, while ${every > 100 ? "no events came" : `an event came every ${ms(every)}`}. ${!returned.ok && returned.error === "disconnected" ? "forwardBlocking ended with a panic" : "Two periods later forwardBlocking had not returned"}.`,
      );
      feeder.join();
      sleep(1);
      const left = liveThreads() - before;
      expect(
        left === 0,
        () =>
          `forwardBlocking returned because nobody took its batches, and ${left === 1 ? "a thread" : `${left} threads`} of it stayed behind.`,
      );
    }
  },
  { explain: "Work for nobody is the leak that no error ever reports." },
);

check("next-call", "A call knows nothing of the calls before it", () => {
  sleep(33);
  const [first, inbox] = channel<string>();
  const [outbox, taken] = channel<string[]>();
  const [second, nextInbox] = channel<string>();
  const [nextOutbox, nextTaken] = channel<string[]>();
  const [starts, started] = channel<number>();
  first.send("old");
  second.send("new");
  taken.drop();
  const forwarder = spawn(
    () => {
      forwardBlocking(inbox, outbox, 50);
      sleep(17);
      starts.send(now());
      forwardBlocking(nextInbox, nextOutbox, 40);
    },
    { name: "forwarder" },
  );
  const start = started.recvTimeout(1_000);
  if (!start.ok) {
    if (start.error === "disconnected") forwarder.join();
    expect(false, "Nobody took the batches of the first call. A second later it had not returned.");
    return;
  }
  const got = nextTaken.recvTimeout(1_000);
  const at = now() - start.value;
  expect(
    got.ok && list(got.value) === list(["new"]),
    () =>
      `One thread called forwardBlocking twice. The only event of the second call was "new"; its first batch ${got.ok ? `held ${list(got.value)}` : "never came"}.`,
  );
  expect(
    sameTime(at, 40),
    () =>
      `One thread called forwardBlocking twice; the period of the second call was 40 ms. Its first batch came ${ms(at)} after the call.`,
  );
  second.drop();
  forwarder.join();
});

check(
  "drift",
  "Batches stay on time for ever",
  () => {
    const plan = { periodMs: 50, events: steady(110, 1_010), endsAt: 1_010 };
    expectOnTime(forward(plan), plan, "Code takes a little time here, and periods are 50 ms long", 3);
  },
  {
    callCostNs: 100_000,
    runs: 60,
    explain:
      "In this check every kernel call takes 0.1 ms. A period that begins when the last batch is done is a little too long each time.",
  },
);

check(
  "busy",
  "A queue full of events does not hold up the batches",
  () => {
    const waiting = Array.from({ length: 150 }, (_, i) => i);
    const plan = { periodMs: 20, waiting, endsAt: 70 };
    const run = forward(plan);
    const happened = "150 events were waiting, and each call takes 0.4 ms; the period was 20 ms";
    expectOnTime(run, plan, happened, 7);
    expectAll(run, waiting, happened);
  },
  {
    callCostNs: 400_000,
    runs: 20,
    explain:
      "In this check every kernel call takes 0.4 ms. While there is always one more event to take, somebody must look at the clock.",
  },
);

/** Kernel calls a period may cost in which nothing comes. */
const CALLS_MAX = 30;

check(
  "no-spinning",
  "Waiting costs nothing",
  () => {
    const before = kernelCalls();
    const run = forward({ periodMs: 1_000, endsAt: 5_500 });
    const used = kernelCalls() - before;
    expect(
      used < 6 * CALLS_MAX,
      () =>
        `No event came for 5,500 ms, and ${used} kernel calls were made in that time. One call a period that sleeps until something happens is enough, and a few for each batch.`,
    );
    expect(
      run.batches.length >= 5,
      () =>
        `No event came for 5,500 ms; the period was 1,000 ms. 5 batches were due, ${run.batches.length} came.`,
    );
  },
  {
    callCostNs: 1_000_000,
    runs: 30,
    explain: "In this check every kernel call takes 1 ms of a core.",
  },
);

check("nothing-left", "When it returns, no thread of it is left", () => {
  const before = liveThreads();
  const run = forward({ periodMs: 100, events: [[250, 1]], endsAt: 330 });
  expectReturned(run, 330, "The events ended");
  sleep(1);
  const left = liveThreads() - before;
  expect(
    left === 0,
    () =>
      `1 ms after forwardBlocking had returned, ${left === 1 ? "a thread" : `${left} threads`} of it ${left === 1 ? "was" : "were"} still alive.`,
  );
});
