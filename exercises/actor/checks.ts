import { check, defaults, expect, liveTasks, ms, now } from "check";
import { type Async, blockOn, type Context, Future, Poll, spawn } from "rt";
import { spawnBlocking } from "rt/task";
import { sleep, timeout } from "rt/time";
import { type CounterHandle, spawnCounter } from "./main";

// Every check here measures time.
defaults({ clock: "idle" });

/** Longest time, milliseconds, that a check waits for an answer. */
const PATIENCE = 200;

/** What a request gave in the end. */
interface Asked {
  value: unknown;
  /** How long it took, milliseconds. */
  after: number;
}

/** Waits for an answer, but not for ever. */
function* answerOf(asked: Future<unknown>): Async<Asked | null> {
  const began = now();
  const got = yield* timeout(PATIENCE, asked);
  return got.ok ? { value: got.value, after: now() - began } : null;
}

/** `{ ok: true, value: 5 }` as `5`, `{ ok: false, error: "closed" }` as `"closed"`. */
function told(result: unknown): string {
  if (typeof result === "object" && result !== null && "ok" in result) {
    if (result.ok === true && "value" in result)
      return result.value === undefined ? "that it is done" : String(result.value);
    if (result.ok === false && "error" in result) return JSON.stringify(result.error);
  }
  return `${result === undefined ? "undefined" : JSON.stringify(result)}, which is no Result`;
}

function isClosed(result: unknown): boolean {
  return told(result) === '"closed"';
}

/** The answer must have come, at once, and be this. */
function expectAnswer(got: Asked | null, right: string, story: string): void {
  const wanted = `It should have been ${right}.`;
  expect(got !== null, () => `${story} get() had no answer after ${ms(PATIENCE)}. ${wanted}`);
  if (got === null) return;
  expect(told(got.value) === right, () => `${story} get() answered ${told(got.value)}. ${wanted}`);
  expect(got.after === 0, () => `${story} get() took ${ms(got.after)}, and nothing here takes time.`);
}

function* expectTotal(counter: CounterHandle, total: number, story: string): Async<void> {
  expectAnswer(yield* answerOf(counter.get()), String(total), story);
}

function expectAdded(result: unknown, story: string): void {
  const isOk = typeof result === "object" && result !== null && "ok" in result && result.ok === true;
  expect(isOk, () => `${story} add() answered ${told(result)}, not a Result that is ok.`);
}

type Polled = { readonly value: unknown } | null;

/** Polls a future once, and leaves it as it is. */
class PollOnce extends Future<Polled> {
  private readonly future: Future<unknown>;

  constructor(future: Future<unknown>) {
    super();
    this.future = future;
  }

  override poll(cx: Context): Poll<Polled> {
    const poll = this.future.poll(cx);
    return Poll.ready(poll.ready ? { value: poll.value } : null);
  }
}

/** A request that has been made, and whose answer is waited for later. */
interface Made {
  readonly future: Future<unknown>;
  /** What it gave at once. */
  readonly early: Polled;
}

function* make(future: Future<unknown>): Async<Made> {
  return { future, early: yield* new PollOnce(future) };
}

function* answerTo({ future, early }: Made): Async<Asked | null> {
  return early === null ? yield* answerOf(future) : { value: early.value, after: 0 };
}

/** Whether the counter ends is a check of its own. */
const MAY_LEAVE = { mayLeave: true };

check(
  "counts",
  "It adds up what it is told, and says so when asked",
  () => {
    blockOn(
      (function* (): Async<void> {
        const counter = spawnCounter();
        yield* expectTotal(counter, 0, "A new counter was asked.");
        expectAdded(counter.add(5), "A counter was told to add 5.");
        yield* expectTotal(counter, 5, "The counter was told to add 5, then asked.");
        const other = spawnCounter();
        other.add(100);
        counter.add(7);
        counter.add(-2.5);
        const story = "The counter was told to add 5, 7 and -2.5, and another counter to add 100.";
        yield* expectTotal(counter, 9.5, story);
        yield* expectTotal(counter, 9.5, `${story} It was asked twice.`);
        yield* expectTotal(other, 100, "The other counter was told to add 100.");
        counter.close();
        other.close();
      })(),
    );
  },
  MAY_LEAVE,
);

check(
  "order",
  "Requests are carried out in the order in which they were made",
  () => {
    blockOn(
      (function* (): Async<void> {
        const counter = spawnCounter();
        const clone = counter.clone();
        const made: Made[] = [];
        for (const n of [1, 10, 100]) {
          made.push(yield* make((n === 10 ? clone : counter).get()));
          (n === 100 ? clone : counter).add(n);
        }
        made.push(yield* make(clone.get()));
        const story =
          "Through two handles, and without waiting in between: get(), add(1), get(), add(10), get(), add(100), get().";
        for (const [index, right] of ["0", "1", "11", "111"].entries()) {
          const one = made[index];
          if (one === undefined) throw new Error("four requests were made");
          expectAnswer(yield* answerTo(one), right, `${story} This is about get() number ${index + 1}.`);
        }
        counter.close();
        clone.close();
      })(),
    );
  },
  {
    ...MAY_LEAVE,
    explain:
      "One queue for all requests is what makes the counter's life simple: it never has to ask which came first.",
  },
);

/** Adds, and must see at least what it added itself. */
function* adding(counter: CounterHandle, each: number): Async<void> {
  for (let n = 1; n <= 3; n += 1) {
    counter.add(each);
    yield* sleep(1);
  }
  const got = yield* answerOf(counter.get());
  const seen = got === null ? "no answer" : told(got.value);
  expect(
    Number(seen) >= 3 * each,
    () => `The counter was told three times to add ${each}, then asked by the same task or thread: ${seen}.`,
  );
}

check(
  "askers",
  "Tasks and threads use one counter at the same time",
  () => {
    blockOn(
      (function* (): Async<void> {
        const counter = spawnCounter();
        const handles = [1, 10, 100, 1_000].map((each) => ({ handle: counter.clone(), each }));
        const jobs = handles.map(({ handle, each }) =>
          each < 100
            ? spawn(adding(handle, each), { name: `adds ${each}` })
            : spawnBlocking(() => blockOn(adding(handle, each))),
        );
        for (const job of jobs) yield* job;
        for (const { handle } of handles) handle.close();
        const story =
          "Two tasks told the counter three times to add 1 and to add 10, two threads to add 100 and to add 1,000.";
        yield* expectTotal(counter, 3_333, story);
        counter.close();
      })(),
    );
  },
  {
    ...MAY_LEAVE,
    runs: 40,
    explain: "What a thread gets of your variables is a copy. A message gets through.",
  },
);

check(
  "abandoned",
  "An asker who loses interest does not stop the counter",
  () => {
    blockOn(
      (function* (): Async<void> {
        const counter = spawnCounter();
        counter.add(3);
        const gone = yield* make(counter.get());
        if (gone.early === null) gone.future.drop();
        counter.add(4);
        yield* expectTotal(
          counter,
          7,
          "The counter was told to add 3, asked by somebody who gave up before the answer came, and told to add 4.",
        );
        const never: Future<unknown> = counter.get();
        never.drop();
        const three = [yield* make(counter.get()), yield* make(counter.get()), yield* make(counter.get())];
        for (const index of [0, 2]) if (three[index]?.early === null) three[index].future.drop();
        const story = "Of three who asked at once, the first and the third gave up.";
        if (three[1] !== undefined) expectAnswer(yield* answerTo(three[1]), "7", story);
        yield* sleep(1);
        expectAdded(counter.add(1), story);
        yield* expectTotal(counter, 8, `${story} Then the counter was told to add 1.`);
        counter.close();
      })(),
    );
  },
  {
    ...MAY_LEAVE,
    explain:
      "Around a get there may be a select or a timeout, and those drop what loses. A service that every client can end is none.",
  },
);

check(
  "queued",
  "What was asked before close is still done and answered",
  () => {
    blockOn(
      (function* (): Async<void> {
        const counter = spawnCounter();
        counter.add(2);
        const first = yield* make(counter.get());
        counter.add(3);
        const second = yield* make(counter.get());
        counter.close();
        const story = "Without waiting in between: add(2), get(), add(3), get(), close().";
        expectAnswer(yield* answerTo(first), "2", `${story} This is about the first get().`);
        expectAnswer(yield* answerTo(second), "5", `${story} This is about the second get().`);
      })(),
    );
  },
  { ...MAY_LEAVE, explain: "Close says that nothing more will come. It does not take back what came." },
);

check(
  "closed-handle",
  "A closed handle says so, as a Result",
  () => {
    blockOn(
      (function* (): Async<void> {
        const counter = spawnCounter();
        counter.add(1);
        for (const times of ["once", "twice"]) {
          counter.close();
          const story = `A handle was closed ${times}.`;
          const added: unknown = counter.add(1);
          expect(isClosed(added), () => `${story} add() answered ${told(added)}, not "closed".`);
          expectAnswer(yield* answerOf(counter.get()), '"closed"', story);
          const clone = counter.clone();
          expectAnswer(yield* answerOf(clone.get()), '"closed"', `${story} This is about its clone.`);
          clone.close();
          yield* sleep(1);
        }
      })(),
    );
  },
  MAY_LEAVE,
);

check(
  "other-handles",
  "The other handles stay open",
  () => {
    blockOn(
      (function* (): Async<void> {
        const counter = spawnCounter();
        const clone = counter.clone();
        counter.add(20);
        counter.close();
        clone.add(2);
        yield* sleep(1);
        const story = "One handle added 20 and was closed; its clone then added 2.";
        yield* expectTotal(clone, 22, story);
        const third = clone.clone();
        clone.close();
        yield* sleep(1);
        expectAdded(third.add(1), `${story} It was cloned and closed too.`);
        yield* expectTotal(third, 23, `${story} It was cloned and closed too, and its clone added 1.`);
        third.close();
      })(),
    );
  },
  MAY_LEAVE,
);

/** A counter is a task; with its last handle it must end, and not before. */
function* expectTasks(right: number, story: string): Async<void> {
  yield* sleep(1);
  const alive = liveTasks();
  const count = (tasks: number): string => (tasks === 1 ? "1 task was" : `${tasks} tasks were`);
  expect(alive === right, () => `${story} 1 ms later ${count(alive)} alive, not ${right}.`);
}

check(
  "ends",
  "The counter is a task, which ends with its last handle",
  () => {
    blockOn(
      (function* (): Async<void> {
        const counter = spawnCounter();
        yield* expectTasks(1, "A counter was started.");
        const clone = counter.clone();
        const abandoned = yield* make(clone.get());
        if (abandoned.early === null) abandoned.future.drop();
        counter.close();
        yield* expectTasks(1, "One of two handles was closed.");
        clone.close();
        yield* expectTasks(0, "Both handles of the counter were closed.");
      })(),
    );
  },
  {
    explain:
      "Nobody can reach a counter without handles. If it waits on, it waits for ever, and holds what it has.",
  },
);
