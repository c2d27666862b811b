import { check, defaults, expect, kernelCalls, liveThreads, ms, now } from "check";
import { Mutex } from "std/sync";
import { sleep, spawn } from "std/thread";
import { type StopSignal, withTimeout } from "./main";

// Every check here measures time.
defaults({ clock: "idle" });

/** How one call ended, whatever it gave back, and how long it took. */
interface Call {
  answer: unknown;
  panic: { name: string; message: string } | null;
  took: number;
}

function call<T>(job: (stop: StopSignal) => T, limit: number): Call {
  const began = now();
  try {
    const answer = withTimeout(job, limit);
    return { answer, panic: null, took: now() - began };
  } catch (error) {
    const panic =
      error instanceof Error
        ? { name: error.name, message: error.message }
        : { name: "", message: String(error) };
    return { answer: undefined, panic, took: now() - began };
  }
}

function show(value: unknown): string {
  return value === undefined ? "undefined" : JSON.stringify(value);
}

function after(time: number): string {
  return time === 0 ? "at once" : `after ${ms(time)}`;
}

/** What withTimeout answered, in words: `the value 7`, `"timeout"`. */
function told(it: Call): string {
  if (it.panic !== null) return `the panic ${it.panic.name}: ${it.panic.message}`;
  const { answer } = it;
  if (typeof answer !== "object" || answer === null || !("ok" in answer))
    return `${show(answer)}, which is no Result`;
  if (answer.ok === true && "value" in answer) return `the value ${show(answer.value)}`;
  if (answer.ok === false && "error" in answer) return show(answer.error);
  return `${show(answer)}, which is no Result`;
}

function isValue(it: Call, value: unknown): boolean {
  return told(it) === `the value ${show(value)}`;
}

function isTimeout(it: Call): boolean {
  return told(it) === show("timeout");
}

/** Equal to the nanosecond: virtual time is exact, the numbers that carry it are not quite. */
function sameTime(a: number, b: number): boolean {
  return Math.abs(a - b) < 0.000_001;
}

function expectValue(it: Call, value: unknown, takes: number, limit: number): void {
  expect(
    isValue(it, value),
    () =>
      `The job gave ${show(value)} ${after(takes)}; it was allowed ${ms(limit)}. withTimeout answered ${told(it)}.`,
  );
}

function expectTimeout(it: Call, job: string, limit: number): void {
  expect(
    isTimeout(it),
    () => `${job}; it was allowed ${ms(limit)}. withTimeout answered ${told(it)}, not "timeout".`,
  );
  expect(
    sameTime(it.took, limit),
    () => `${job}. withTimeout came back ${after(it.took)}; it was given ${ms(limit)}.`,
  );
}

/** A job that takes `takes` ms whatever it is told, and then has `value`. */
function slow<T>(takes: number, value: T): () => T {
  return () => {
    if (takes > 0) sleep(takes);
    return value;
  };
}

check("in-time", "A job that ends in time gives its value", () => {
  for (const [takes, limit, value] of [
    [120, 1_000, 7],
    [299.5, 300, 41],
    [2_400, 2_400.001, 1_009],
  ] as const) {
    expectValue(call(slow(takes, value), limit), value, takes, limit);
  }

  const runs = new Mutex(0);
  const early = call((stop) => {
    {
      using count = runs.lock();
      count.value += 1;
    }
    const before = stop.stopped();
    const during = stop.wait(250);
    return before || during ? "told to stop" : "left alone";
  }, 900);
  expect(
    !isValue(early, "told to stop"),
    "A job that needs 250 ms of its 900 ms was told to stop while it was still in time.",
  );
  expectValue(early, "left alone", 250, 900);
  using count = runs.lock();
  expect(count.value === 1, () => `withTimeout was called once and ran its job ${count.value} times.`);
});

check(
  "any-value",
  "Every value counts, also 0, the empty text and nothing at all",
  () => {
    const values: unknown[] = [
      { rows: [[1, 2], []], next: null },
      0,
      "",
      undefined,
      "timeout",
      { ok: false, error: "timeout" },
    ];
    for (const value of values) expectValue(call(slow(10, value), 500), value, 10, 500);
  },
  { explain: "Whether a value has come is one question, what it is another." },
);

check("at-once", "The value is handed over the moment the job ends", () => {
  for (const [takes, limit] of [
    [0, 800],
    [140, 950],
    [333.25, 1_200],
  ] as const) {
    const it = call(slow(takes, takes), limit);
    expectValue(it, takes, takes, limit);
    expect(
      sameTime(it.took, takes),
      () =>
        `The job was done ${after(takes)}. withTimeout came back ${after(it.took)}: its caller waited ${ms(it.took - takes)} for a value that was there.`,
    );
  }
});

check("deadline", "A job that takes longer gives a timeout, at exactly the deadline", () => {
  for (const [takes, limit] of [
    [1_350, 1_000],
    [437.5, 437.25],
    [20, 0.5],
    [5, 0],
  ] as const) {
    expectTimeout(call(slow(takes, "late"), limit), `The job needs ${ms(takes)}`, limit);
  }
  const it = call((stop) => stop.wait(1_500), 700);
  expectTimeout(it, "The job waits for 1,500 ms or until it is told to stop", 700);
});

check("boundary", "At the very instant of the deadline either answer will do", () => {
  for (const limit of [1_000, 62.5]) {
    const it = call(slow(limit, "just so"), limit);
    expect(
      isValue(it, "just so") || isTimeout(it),
      () =>
        `The job gave "just so" after ${ms(limit)}, the very instant of its deadline: that value and "timeout" are both right. withTimeout answered ${told(it)}.`,
    );
    expect(
      sameTime(it.took, limit),
      () => `Job and deadline both end at ${ms(limit)}. withTimeout came back ${after(it.took)}.`,
    );
  }
  expectValue(call(slow(30, "next"), 400), "next", 30, 400);
});

/** What a job noticed of its stop: at which time, -1 while it has noticed nothing. */
interface Heard {
  told: boolean;
  at: number;
}

check("told-to-stop", "After a timeout the job is told to stop", () => {
  for (const limit of [1_000, 437.25]) {
    const heard = new Mutex<Heard>({ told: false, at: -1 });
    const began = now();
    call((stop) => {
      const told = stop.wait(limit + 5_000);
      using it = heard.lock();
      it.value = { told, at: now() };
    }, limit);
    sleep(1);
    using it = heard.lock();
    const { told, at } = it.value;
    expect(
      at >= 0,
      () =>
        `The deadline was ${ms(limit)}. 1 ms after withTimeout came back, the job still waits: nobody told it to stop.`,
    );
    expect(
      told,
      () =>
        `The job was allowed ${ms(limit)} and waited for ${ms(limit + 5_000)}, ready to stop. Nobody told it: it waited to the end.`,
    );
    expect(
      sameTime(at - began, limit),
      () => `The deadline was ${ms(limit)}. The job was told to stop at ${ms(at - began)}.`,
    );
  }

  const rounds = new Mutex(0);
  call((stop) => {
    let done = 0;
    while (!stop.stopped() && done < 20) {
      sleep(50);
      done += 1;
    }
    using it = rounds.lock();
    it.value = done;
  }, 330);
  sleep(100);
  using it = rounds.lock();
  expect(
    it.value === 7,
    () =>
      `A job looks at stop.stopped() every 50 ms. Its deadline was 330 ms, so it should have ended at 350 ms, after 7 rounds; ${it.value === 0 ? "100 ms after the deadline it was still running" : `it ended after ${it.value}`}.`,
  );
});

check("next-call", "A call knows nothing of the calls before it", () => {
  expect(
    !isValue(call(slow(300, "first"), 200), "first"),
    "The first job needs 300 ms; it was allowed 200 ms. withTimeout gave its value all the same.",
  );
  const second = call(slow(500, "second"), 1_000);
  expect(
    !isValue(second, "first"),
    'The first call gave up at 200 ms. Its job had the value "first" at 300 ms, and the second call took that for the value of its own job.',
  );
  expectValue(second, "second", 500, 1_000);

  const third = call((stop) => (stop.wait(150) ? "told to stop" : "third"), 400);
  expect(
    !isValue(third, "told to stop"),
    "The third job was told to stop before its time was up: it was the first one that should have stopped.",
  );
  expectValue(third, "third", 150, 400);

  call(slow(90, "fourth"), 60);
  sleep(75);
  const fifth = call(slow(180, "fifth"), 110);
  expect(
    !isValue(fifth, "fourth"),
    'The fourth call gave up at 60 ms. Its job had the value "fourth" 30 ms later, and the fifth call took that for the value of its own job.',
  );
  expect(
    isTimeout(fifth),
    () => `The fifth job needs 180 ms; it was allowed 110 ms. withTimeout answered ${told(fifth)}.`,
  );
});

function expectPanic(it: Call, name: string, message: string, takes: number, limit: number): void {
  const happened = `The job panicked ${after(takes)} with ${name}: ${message}. It was allowed ${ms(limit)}.`;
  const { panic } = it;
  if (panic === null) {
    expect(
      false,
      () => `${happened} withTimeout answered ${told(it)} ${after(it.took)}, and the panic was lost.`,
    );
    return;
  }
  expect(
    panic.name === name && panic.message === message,
    () => `${happened} The caller got another panic: ${panic.name}: ${panic.message}.`,
  );
  expect(sameTime(it.took, takes), () => `${happened} The panic reached the caller ${after(it.took)}.`);
}

check("panic", "A panic in the job is a panic in the caller", () => {
  const atOnce = call(() => {
    throw new RangeError("no row 17");
  }, 640);
  expectPanic(atOnce, "RangeError", "no row 17", 0, 640);

  const later = call(() => {
    sleep(310);
    const error = new Error("the disk is full");
    error.name = "DiskError";
    throw error;
  }, 1_000);
  expectPanic(later, "DiskError", "the disk is full", 310, 1_000);

  const tooLate = call(() => {
    sleep(260);
    throw new TypeError("nobody hears this");
  }, 200);
  expect(
    tooLate.panic === null,
    () =>
      `The job panicked after 260 ms; it was allowed 200 ms. Its caller should have left by then, and still got ${told(tooLate)}.`,
  );
  expectTimeout(tooLate, "The job panics after 260 ms", 200);
  expectValue(call(slow(120, "well"), 400), "well", 120, 400);
});

check(
  "not-waited-for",
  "A job that does not listen is not waited for",
  () => {
    for (const [takes, limit] of [
      [10_000, 250],
      [7_300, 1_900],
    ] as const) {
      expectTimeout(
        call(slow(takes, "late"), limit),
        `The job sleeps for ${ms(takes)} and never looks at stop`,
        limit,
      );
    }
  },
  {
    mayLeave: true,
    explain: "Threads may still be alive at the end of this check: a stuck job cannot be ended from outside.",
  },
);

/** Waiting may cost this many kernel calls, however long it takes. A channel, a thread and a stop need about a dozen. */
const CALLS_MAX = 60;

check(
  "no-spinning",
  "Waiting costs nothing",
  () => {
    for (const [takes, limit] of [
      [1_200, 1_000],
      [5_300, 5_000],
      [4_700, 5_500],
    ] as const) {
      const before = kernelCalls();
      const it = call(slow(takes, "done"), limit);
      const used = kernelCalls() - before;
      expect(
        used < CALLS_MAX,
        () =>
          `withTimeout waited ${ms(it.took)} and made ${used} kernel calls meanwhile. One call that sleeps until something happens is enough.`,
      );
      // Every kernel call takes 1 ms here, so the end is not exact.
      const due = Math.min(takes, limit);
      expect(
        it.took <= due + CALLS_MAX,
        () =>
          `The job needs ${ms(takes)}, the limit is ${ms(limit)}. withTimeout came back only ${after(it.took)}. What waiting costs can be counted once it is on time.`,
      );
    }
  },
  { callCostNs: 1_000_000, explain: "In this check every kernel call takes 1 ms of a core." },
);

check("nothing-left", "Once the job has ended, nothing of the call is left", () => {
  const before = liveThreads();
  const jobs: [job: (stop: StopSignal) => unknown, limit: number, due: number, what: string][] = [
    [slow(40, 1), 20_000, 40, "The job ended after 40 ms of its 20,000 ms"],
    [(stop) => stop.wait(30_000), 300, 300, "The job was allowed 300 ms and stops the moment it is told"],
    [
      () => {
        throw new Error("broken");
      },
      8_000,
      0,
      "The job panicked at once",
    ],
  ];
  for (const [job, limit, due, what] of jobs) {
    const it = call(job, limit);
    expect(
      sameTime(it.took, due),
      () =>
        `${what}. withTimeout came back ${after(it.took)}. What is left can be counted once it is on time.`,
    );
    sleep(1);
    const left = liveThreads() - before;
    expect(
      left === 0,
      () =>
        `${what}. 1 ms after withTimeout came back, ${left === 1 ? "a thread of that call is" : `${left} threads of that call are`} still alive.`,
    );
  }
});

check("together", "It works inside itself, and in several threads at once", () => {
  const outer = call(() => {
    const inner = withTimeout(slow(700, "inner"), 300);
    sleep(100);
    return inner.ok ? inner.value : `inner gave up: ${inner.error}`;
  }, 1_000);
  expectValue(outer, "inner gave up: timeout", 400, 1_000);

  const callers = (
    [
      ["a", 400, 1_000],
      ["b", 600, 250],
    ] as const
  ).map(([name, takes, limit]) => spawn(() => call(slow(takes, name), limit), { name: `caller ${name}` }));
  const [a, b] = callers.map((caller) => caller.join());
  expect(
    a !== undefined && isValue(a, "a"),
    () =>
      `Two threads called withTimeout at once. The first one's job gave "a" in time, and it got ${a === undefined ? "nothing" : told(a)}.`,
  );
  expect(
    b !== undefined && isTimeout(b),
    () =>
      `Two threads called withTimeout at once. The second one's job was too slow, and it got ${b === undefined ? "nothing" : told(b)}.`,
  );
  expect(
    a !== undefined && sameTime(a.took, 400),
    () =>
      `Two threads called withTimeout at once. The first one's job took 400 ms, and its caller waited ${a === undefined ? "in vain" : ms(a.took)}.`,
  );
});
