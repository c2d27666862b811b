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
  spy,
  wakeCounter,
} from "check";
import { type Async, blockOn, type Context, type Future, join, type Poll, type Result } from "rt";
import { channel } from "rt/sync";
import { sleep as delay, timeout as bounded } from "rt/time";
import { sleep, spawn } from "std/thread";
import { timeout } from "./main";

// Every check here measures time.
defaults({ clock: "idle" });

/** How one wait ended, whatever it gave back, and how long it took. */
interface Wait {
  answer: unknown;
  panic: string | null;
  took: number;
  /** False where there was no answer when the check stopped waiting. */
  ended: boolean;
}

type Timeout<T> = Future<Result<T, "elapsed">>;

/** What timeout made, which must be a future before anything else can be said of it. */
function make<T>(limit: number, future: Future<T>): Timeout<T> {
  const made: unknown = timeout(limit, future);
  const isFuture = typeof made === "object" && made !== null && "poll" in made && "drop" in made;
  expect(isFuture, () => `timeout(${limit}, future) returned ${show(made)}, which is no future.`);
  return made as Timeout<T>;
}

/** Longer than this no check waits for an answer that does not come. */
const PATIENCE = 10_000;

function* watch(future: Future<unknown>): Async<Wait> {
  const began = now();
  try {
    const got = yield* bounded(PATIENCE, future);
    return { answer: got.ok ? got.value : undefined, panic: null, took: now() - began, ended: got.ok };
  } catch (error) {
    const panic = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { answer: undefined, panic, took: now() - began, ended: true };
  }
}

/** Polls timeout(limit, future) at once and until it is ready. */
function wait<T>(limit: number, future: Future<T>): Wait {
  return blockOn(watch(make(limit, future)));
}

function show(value: unknown): string {
  return value === undefined ? "undefined" : JSON.stringify(value);
}

function after(time: number): string {
  return time === 0 ? "at once" : `after ${ms(time)}`;
}

function times(count: number): string {
  return count === 1 ? "once" : count === 2 ? "twice" : `${count} times`;
}

/** An answer in words: `the value 7`, `"elapsed"`. */
function inWords(answer: unknown): string {
  if (typeof answer !== "object" || answer === null || !("ok" in answer))
    return `${show(answer)}, which is no Result`;
  if (answer.ok === true && "value" in answer) return `the value ${show(answer.value)}`;
  if (answer.ok === false && "error" in answer) return show(answer.error);
  return `${show(answer)}, which is no Result`;
}

/** What the timeout answered. */
function told(it: Wait): string {
  if (it.panic !== null) return `the panic ${it.panic}`;
  return it.ended ? inWords(it.answer) : "none";
}

/** Equal to the nanosecond: virtual time is exact, the numbers that carry it are not quite. */
function sameTime(a: number, b: number): boolean {
  return Math.abs(a - b) < 0.000_001;
}

function expectValue(it: Wait, value: unknown, happened: string): void {
  expect(it.ended, () => `${happened}. ${ms(PATIENCE)} later there was still no answer.`);
  expect(
    told(it) === `the value ${show(value)}`,
    () => `${happened}. The answer ${after(it.took)} was ${told(it)}.`,
  );
}

function expectElapsed(it: Wait, limit: number, happened: string): void {
  expect(it.ended, () => `${happened}. ${ms(PATIENCE)} later there was still no answer.`);
  expect(
    told(it) === show("elapsed"),
    () => `${happened}. The answer ${after(it.took)} was ${told(it)}, not "elapsed".`,
  );
  expect(sameTime(it.took, limit), () => `${happened}. The answer "elapsed" came ${after(it.took)}.`);
}

/** A future that takes `takes` ms, and then has `value`. */
function* slow<T>(takes: number, value: T): Async<T> {
  if (takes > 0) yield* delay(takes);
  return value;
}

check("in-time", "A future that is ready in time gives its value, at once", () => {
  for (const [takes, limit, value] of [
    [120, 1_000, 7],
    [0, 800, 41],
    [299.5, 300, "close"],
  ] as const) {
    const happened = `The future needs ${ms(takes)} for the value ${show(value)}; it was allowed ${ms(limit)}`;
    const it = wait(limit, slow(takes, value));
    expectValue(it, value, happened);
    expect(sameTime(it.took, takes), () => `${happened}. The value was handed over ${after(it.took)}.`);
  }
});

check("any-value", "Every value counts, also 0, the empty text and nothing at all", () => {
  for (const value of [0, "", undefined, null, false, "elapsed", { ok: false, error: "elapsed" }])
    expectValue(
      wait(500, slow(10, value)),
      value,
      `The future has the value ${show(value)} after 10 ms; it was allowed 500 ms`,
    );
});

check("deadline", "A future that takes longer gives “elapsed”, at exactly the deadline", () => {
  for (const [takes, limit] of [
    [1_350, 1_000],
    [437.5, 437.25],
    [5, 0],
  ] as const)
    expectElapsed(
      wait(limit, slow(takes, "late")),
      limit,
      `The future needs ${ms(takes)}; it was allowed ${ms(limit)}`,
    );
  expectElapsed(wait(700, probe()), 700, "The future is never ready; it was allowed 700 ms");
});

/** A poll by hand, before anything is ready. */
function begin(waiting: Timeout<unknown>, cx: Context, limit: number): void {
  const poll = waiting.poll(cx);
  expect(
    !poll.ready,
    () =>
      `A timeout of ${ms(limit)} around a future that is not ready was polled too early, and its answer was ${poll.ready ? inWords(poll.value) : ""}.`,
  );
}

/** Needs many turns: it wakes up every `every` ms, and is never ready. */
function* restless(every: number): Async<never> {
  while (true) yield* delay(every);
}

check(
  "often-polled",
  "However often it is polled, the deadline stays where it is",
  () => {
    for (const [every, limit] of [
      [30, 250],
      [70, 69],
      [125, 250],
    ] as const)
      expectElapsed(
        wait(limit, restless(every)),
        limit,
        `The future wakes up every ${ms(every)}, so the timeout is polled as often; it was allowed ${ms(limit)}`,
      );
  },
  { explain: "A future that is busy is polled often. It gets no more time for that." },
);

check(
  "value-first",
  "The future is asked before the clock",
  () => {
    for (const [limit, at] of [
      [100, 100],
      [40, 65],
    ] as const) {
      const inner = probe<string>();
      const waiting = make(limit, inner);
      const { cx } = wakeCounter();
      begin(waiting, cx, limit);
      sleep(at);
      inner.finish("just so");
      const poll: Poll<unknown> = waiting.poll(cx);
      const answer = poll.ready ? inWords(poll.value) : "that it was not ready";
      expect(
        answer === `the value ${show("just so")}`,
        () =>
          `The deadline was ${ms(limit)}. At ${ms(at)} the future was ready with "just so", and only then the timeout was polled again. It answered ${answer}.`,
      );
    }
    expectValue(wait(90, slow(90, "on the dot")), "on the dot", "The future needs exactly the 90 ms it has");
    expectValue(wait(0, slow(0, "here")), "here", "The future is ready at once, and it has 0 ms");
  },
  { explain: "The value is there. To throw it away for being punctual helps nobody." },
);

check(
  "dropped",
  "When the time is up the future is dropped, once, and never polled again",
  () => {
    for (const limit of [300, 0]) {
      const inner = probe<number>();
      const it = wait(limit, inner);
      expectElapsed(it, limit, `The future is never ready; it was allowed ${ms(limit)}`);
      expect(
        inner.drops === 1,
        () =>
          `The time was up at ${ms(limit)}. When the timeout answered "elapsed", the future had ${inner.drops === 0 ? "not been dropped: it still holds what it held" : `been dropped ${times(inner.drops)}`}.`,
      );
      sleep(500);
      expect(
        inner.pollsAfterEnd === 0 && inner.drops === 1,
        () => `The future was dropped at ${ms(limit)}, and polled or dropped again afterwards.`,
      );
    }

    const marks: string[] = [];
    blockOn(
      (function* () {
        const body = (function* () {
          try {
            yield* delay(5_000);
          } finally {
            marks.push("cleaned up");
          }
        })();
        yield* bounded(PATIENCE, make(200, body));
        marks.push("answered");
      })(),
    );
    expect(
      marks.join(", ") === "cleaned up, answered",
      () =>
        `An async function with a \`finally\` block ran out of its 200 ms. What happened, in order: ${marks.join(", ")}. Its \`finally\` block should have run before the answer.`,
    );
  },
  {
    explain:
      "Dropping is how a future is stopped. One that is only not polled any more still holds all it holds.",
  },
);

check(
  "given-up",
  "Dropping the timeout drops the future and the timer",
  () => {
    const inner = probe<number>();
    const waiting = make(100, inner);
    const counter = wakeCounter();
    begin(waiting, counter.cx, 100);
    sleep(40);
    waiting.drop();
    const [polls, before] = [inner.polls, counter.wakes()];
    expect(
      inner.drops === 1,
      () =>
        `A timeout of 100 ms was dropped after 40 ms. The future in it was ${inner.drops === 0 ? "not dropped: its work goes on holding what it holds" : `dropped ${times(inner.drops)}`}.`,
    );
    sleep(200);
    const wakes = counter.wakes() - before;
    expect(
      wakes === 0,
      () =>
        `A timeout of 100 ms was dropped after 40 ms. Its timer was left: when the 100 ms were over, the task was woken ${times(wakes)} for nothing.`,
    );
    expect(inner.polls === polls, () => `A timeout was dropped, and the future in it was polled afterwards.`);
  },
  { explain: "Whoever drops a future drops all that is in it: that is what makes select and timeouts nest." },
);

check("timer-gone", "A value in time takes the timer away", () => {
  const inner = probe<number>();
  const waiting = make(100, inner);
  const counter = wakeCounter();
  begin(waiting, counter.cx, 100);
  sleep(30);
  inner.finish(1);
  const before = counter.wakes();
  const isReady = waiting.poll(counter.cx).ready;
  expect(isReady, "The future was ready at 30 ms of its 100 ms. The timeout was polled then, and was not.");
  sleep(200);
  const wakes = counter.wakes() - before;
  expect(
    wakes === 0,
    () =>
      `The value was handed over at 30 ms. The timer was left: when the 100 ms were over, the task was woken ${times(wakes)} for nothing.`,
  );
});

check(
  "latest-waker",
  "It wakes whoever polled it last",
  () => {
    for (const isTimer of [true, false]) {
      const inner = probe<number>();
      const waiting = make(100, inner);
      const [first, second] = [wakeCounter(), wakeCounter()];
      begin(waiting, first.cx, 100);
      sleep(20);
      begin(waiting, second.cx, 100);
      sleep(20);
      if (!isTimer) inner.finish(3);
      sleep(isTimer ? 60 : 0);
      const wakes = second.wakes();
      const what = isTimer ? "When the 100 ms were over" : "When the future was ready";
      expect(
        wakes > 0,
        () =>
          `The timeout was polled at 0 ms by one task and at 20 ms by another. ${what}, the second task was not woken${first.wakes() > 0 ? ", but the first" : ""}.`,
      );
      const isReady = waiting.poll(second.cx).ready;
      expect(isReady, () => `${what}, the timeout was polled and was not ready.`);
    }
  },
  { explain: "A future may move between two polls. Only the waker of the latest poll leads to its task." },
);

check(
  "nothing-lost",
  "A value that races the deadline is handed over or stays where it was",
  () => {
    for (const at of [100, 60]) {
      const [tx, rx] = channel<string>(1);
      const sender = spawn(
        () => {
          sleep(at);
          tx.blockingSend("late news");
        },
        { name: "sender" },
      );
      const it = wait(100, rx.recv());
      sender.join();
      const rest = rx.tryRecv();
      const isElapsed = told(it) === show("elapsed");
      expect(
        isElapsed || told(it) === `the value {"ok":true,"value":"late news"}`,
        () =>
          `A thread sends "late news" at ${ms(at)}, and a \`recv\` waits for it, at most 100 ms. The answer was ${told(it)}.`,
      );
      expect(isElapsed === rest.ok, () =>
        isElapsed
          ? `A thread sent "late news" at ${ms(at)}. The timeout of 100 ms answered "elapsed", and the channel was empty: the value is lost.`
          : `A thread sent "late news" once. The timeout answered with it, and it was still in the channel.`,
      );
      expect(
        at === 100 || !isElapsed,
        () => `A thread sent a value at ${ms(at)}. The timeout of 100 ms answered "elapsed".`,
      );
    }
  },
  { explain: "What was polled until it was ready must be handed over: nobody can put it back." },
);

check("panic", "A panic in the future goes through", () => {
  const broken = (function* (): Async<number> {
    yield* delay(50);
    throw new RangeError("no row 17");
  })();
  const it = wait(300, broken);
  expect(
    it.panic === "RangeError: no row 17" && sameTime(it.took, 50),
    () =>
      `The future panicked after 50 ms with RangeError: no row 17; it was allowed 300 ms. The answer ${after(it.took)} was ${told(it)}.`,
  );
});

check("nested", "Timeouts nest", () => {
  const inner = spy(restless(1_000));
  const short = wait(300, make(100, inner));
  expectValue(
    short,
    { ok: false, error: "elapsed" },
    "100 ms inside of 300 ms, around a future that is never ready",
  );
  expect(
    sameTime(short.took, 100) && inner.drops === 1,
    () =>
      `100 ms inside of 300 ms: the inner time was up ${after(short.took)}, and the future was dropped ${times(inner.drops)}.`,
  );
  const second = spy(restless(1_000));
  expectElapsed(
    wait(100, make(300, second)),
    100,
    "300 ms inside of 100 ms, around a future that is never ready",
  );
  expect(
    second.drops === 1,
    () =>
      `300 ms inside of 100 ms: when the outer time was up, the future inside of both was dropped ${second.drops === 0 ? "not at all" : times(second.drops)}.`,
  );
});

/** What came of a wait, and how long after `began`. */
function* watchSince(began: number, future: Future<unknown>): Async<Wait> {
  const it = yield* watch(future);
  return { ...it, took: now() - began };
}

check("together", "Several timeouts at once know nothing of each other", () => {
  const began = now();
  const [a, b, c] = blockOn(
    join(
      watchSince(began, make(200, slow(500, "a"))),
      watchSince(began, make(400, slow(300, "b"))),
      watchSince(began, make(100, slow(120, "c"))),
    ),
  );
  const happened = "Three timeouts were waited for at once";
  expectElapsed(a, 200, `${happened}, one of 200 ms around 500 ms`);
  expectValue(b, "b", `${happened}, one of 400 ms around 300 ms`);
  expect(
    sameTime(b.took, 300),
    () => `${happened}. The one of 400 ms around 300 ms had its answer ${after(b.took)}.`,
  );
  expectElapsed(c, 100, `${happened}, one of 100 ms around 120 ms`);
});

/** A wait may cost this many polls and this many kernel calls, however long it is. */
const POLLS_MAX = 10;
const CALLS_MAX = 60;

check("no-spinning", "Waiting costs nothing", () => {
  for (const [takes, limit] of [
    [530, 500],
    [470, 550],
  ] as const) {
    const inner = spy(slow(takes, "done"));
    const before = kernelCalls();
    const it = wait(limit, inner);
    const used = kernelCalls() - before;
    const due = Math.min(takes, limit);
    expect(
      sameTime(it.took, due),
      () =>
        `The future needs ${ms(takes)}, the limit is ${ms(limit)}. The answer came ${after(it.took)}. What waiting costs can be counted once it is on time.`,
    );
    expect(
      inner.polls <= POLLS_MAX && used <= CALLS_MAX,
      () =>
        `The timeout waited ${ms(it.took)}. Meanwhile it polled the future ${times(inner.polls)} and made ${used} kernel calls. A poll is needed at the start and whenever somebody wakes it.`,
    );
  }
});

check("nothing-left", "It does nothing before the first poll, and leaves nothing behind", () => {
  const [threads, tasks] = [liveThreads(), liveTasks()];
  const unpolled = spy(slow(10, "never asked"));
  const waiting = make(100, unpolled);
  sleep(150);
  expect(
    unpolled.polls === 0 && liveThreads() === threads,
    () =>
      "A timeout was made and not polled. It began to work all the same: a future does nothing until it is polled.",
  );
  waiting.drop();
  for (const takes of [40, 20_000]) {
    wait(300, slow(takes, 1));
    sleep(1);
    const left = liveThreads() - threads + liveTasks() - tasks;
    expect(
      left === 0,
      () =>
        `A timeout of 300 ms around a future of ${ms(takes)} was over. 1 ms later ${left === 1 ? "a thread or task of it was" : `${left} threads and tasks of it were`} still alive.`,
    );
  }
});
