import { check, expect, kernelCalls, liveThreads, ms, now } from "check";
import { type Receiver, type Sender, channel } from "std/sync";
import { sleep, spawn } from "std/thread";
import { CancelToken } from "./main";

/** How one call of wait ended, and when. */
interface Waited {
  who: string;
  told: boolean;
  /** What wait returned, in words. */
  answer: string;
  at: number;
}

function waitOn(token: CancelToken, who: string, limit: number): Waited {
  const told: unknown = token.wait(limit);
  return { who, told: told === true, answer: String(told), at: now() };
}

/** Calls `wait(limit)` in a thread of its own, which reports when it is over. */
function startWaiter(token: CancelToken, who: string, limit: number, reports: Sender<Waited>): void {
  const report = reports.clone();
  spawn(
    () => {
      report.send(waitOn(token, who, limit));
    },
    { name: `waiter ${who}` },
  );
}

/** Equal to the nanosecond: virtual time is exact, the numbers that carry it are not quite. */
function sameTime(a: number, b: number): boolean {
  return Math.abs(a - b) < 0.000_001;
}

/** The next `count` reports, each of which must say that the waiter was told at `at`. */
function expectTold(reports: Receiver<Waited>, count: number, at: number, happened: string): void {
  for (let i = 0; i < count; i += 1) {
    const got = reports.recvTimeout(30_000);
    if (!got.ok) {
      expect(false, `${happened}. 30 seconds later ${count - i} of ${count} waiters had still not returned.`);
      return;
    }
    const { who, told, answer, at: woke } = got.value;
    expect(
      told && sameTime(woke, at),
      () =>
        `${happened} at ${ms(at)}. The thread that waited on ${who} came back at ${ms(woke)}, and wait returned ${answer}.`,
    );
  }
}

function expectCancelled(token: CancelToken, isIt: boolean, happened: string, what: string): void {
  const answer: unknown = token.isCancelled();
  expect(
    answer === isIt,
    () =>
      `${happened}. ${what} should ${isIt ? "be cancelled" : "not be cancelled"}; its isCancelled() says ${String(answer)}.`,
  );
}

check("flag", "A token is cancelled once somebody has cancelled it", () => {
  const token = new CancelToken();
  const other = new CancelToken();
  expectCancelled(token, false, "A token was made, and nobody cancelled it", "It");
  token.cancel();
  expectCancelled(token, true, "A token was cancelled", "It");
  expectCancelled(other, false, "Two tokens were made, and one of them was cancelled", "The other one");
  token.cancel();
  expectCancelled(token, true, "A token was cancelled twice", "It");
  expectCancelled(new CancelToken(), false, "A token was made after another one was cancelled", "It");
});

function expectWait(token: CancelToken, limit: number, isTold: boolean, happened: string): void {
  const began = now();
  const { told, answer, at } = waitOn(token, "it", limit);
  const due = isTold ? 0 : limit;
  expect(
    told === isTold && (told || answer === "false") && sameTime(at - began, due),
    () =>
      `${happened}: wait(${limit}) should return ${isTold} ${due === 0 ? "at once" : `after ${ms(due)}`}. It returned ${answer} ${sameTime(at, began) ? "at once" : `after ${ms(at - began)}`}.`,
  );
}

check(
  "wait",
  "Nobody cancels: wait sleeps for exactly its time",
  () => {
    const token = new CancelToken();
    for (const limit of [70, 12.5, 0, 1_100])
      expectWait(token, limit, false, "Nobody has cancelled the token");
    expectWait(token.child(), 35, false, "Nobody has cancelled the child or its parent");
    token.cancel();
    for (const limit of [600, 0]) expectWait(token, limit, true, "The token has been cancelled");
  },
  {
    spuriousWakeups: true,
    explain:
      "In this check a wait on a condition may end although nobody ended it, as real ones do. Look again what you waited for.",
  },
);

check(
  "wakes",
  "Cancelling wakes every waiter at that moment",
  () => {
    const token = new CancelToken();
    const [tx, rx] = channel<Waited>();
    for (const limit of [1_000, 700.5, 20_000]) startWaiter(token, `wait(${limit})`, limit, tx);
    sleep(137.25);
    token.cancel();
    expectTold(rx, 3, 137.25, "Three threads wait on one token, which was cancelled");
  },
  { clock: "idle", runs: 60, explain: "A waiter that sleeps on works for nobody until its time is up." },
);

check(
  "down",
  "Cancelling reaches every token below",
  () => {
    const root = new CancelToken();
    const gone = root.child();
    const child = root.child();
    const second = root.child();
    const grandchild = child.child();
    const last = grandchild.child();
    const [tx, rx] = channel<Waited>();
    startWaiter(child, "a child", 900, tx);
    startWaiter(last, "a child of a grandchild", 8_000, tx);
    sleep(60);
    gone.cancel();
    root.cancel();
    for (const [token, what] of [
      [gone, "A child that was cancelled before"],
      [child, "The second child"],
      [second, "The third child"],
      [grandchild, "The grandchild"],
      [last, "The child of the grandchild"],
    ] as const)
      expectCancelled(token, true, "The root of a tree of tokens was cancelled", what);
    expectTold(rx, 2, 60, "The root of a tree of tokens was cancelled");
  },
  { clock: "idle", runs: 60 },
);

check(
  "not-up",
  "Cancelling a child leaves its parent and its siblings alone",
  () => {
    const root = new CancelToken();
    const child = root.child();
    const sibling = root.child();
    const below = child.child();
    const [tx, rx] = channel<Waited>();
    startWaiter(root, "the root", 150, tx);
    startWaiter(sibling, "the sibling", 150, tx);
    sleep(50);
    below.cancel();
    expectCancelled(child, false, "A grandchild was cancelled", "The token above it");
    sleep(45);
    child.cancel();
    expectCancelled(below, true, "A child was cancelled", "The token below it");
    expectCancelled(root, false, "A child was cancelled", "Its parent");
    expectCancelled(sibling, false, "A child was cancelled", "Its sibling");
    for (let i = 0; i < 2; i += 1) {
      const got = rx.recvTimeout(30_000);
      if (!got.ok) {
        expect(false, "Nobody cancelled the root: wait(150) on it had not returned after 30 seconds.");
        return;
      }
      const { who, answer, at } = got.value;
      expect(
        answer === "false" && sameTime(at, 150),
        () =>
          `A token below was cancelled at 50 ms, a child at 95 ms. Nobody cancelled ${who}: wait(150) on it should return false at 150 ms. It returned ${answer} at ${ms(at)}.`,
      );
    }
    const fresh = root.child();
    expectCancelled(fresh, false, "A child was cancelled, and its parent got another child", "The new one");
  },
  {
    clock: "idle",
    runs: 60,
    explain: "One request that is given up must not take the whole server with it.",
  },
);

check("late-child", "A child of a cancelled token is cancelled from the start", () => {
  const root = new CancelToken();
  const early = root.child();
  root.cancel();
  for (const [parent, what] of [
    [root, "a token that was cancelled"],
    [early, "a token whose parent was cancelled"],
  ] as const) {
    const late = parent.child();
    expectCancelled(late, true, `A child was made of ${what}`, "It");
    expectWait(late, 400, true, `A child was made of ${what}`);
    expectCancelled(late.child(), true, `A grandchild was made of ${what}`, "It");
  }
});

check(
  "born-meanwhile",
  "A child made while its parent is cancelled is cancelled too",
  () => {
    const root = new CancelToken();
    const [tx, rx] = channel<Waited>();
    spawn(
      () => {
        tx.send(waitOn(root.child(), "its new child", 500));
      },
      { name: "parent of one" },
    );
    root.cancel();
    const got = rx.recvTimeout(30_000);
    expect(
      got.ok && got.value.told,
      "At 0 ms one thread made a child of a token and another thread cancelled that token. Whichever came first, the child must be cancelled. It was not: wait(500) on it did not return true.",
    );
  },
  {
    clock: "idle",
    explain:
      "Between “is my parent cancelled?” and “I am on its list” there is room for a whole cancel(). Such a child lives for ever.",
  },
);

check(
  "many-hands",
  "Tokens work from several threads at once",
  () => {
    const root = new CancelToken();
    const [tx, rx] = channel<Waited>();
    // Two threads make children of one token; a third, which was started before there were any, cancels it.
    const canceller = spawn(
      () => {
        sleep(40);
        root.cancel();
      },
      { name: "canceller" },
    );
    for (const who of ["the first thread's child", "the second thread's child"]) {
      const report = tx.clone();
      spawn(() => {
        report.send(waitOn(root.child(), who, 300));
      });
    }
    startWaiter(root.child(), "main's child", 300, tx);
    expectTold(rx, 3, 40, "Three threads made a child each of one token, and a fourth cancelled that token");
    canceller.join();
  },
  { clock: "idle", runs: 80 },
);

check(
  "no-lost-wake-up",
  "A cancel that comes just before the sleep is not lost",
  () => {
    const root = new CancelToken();
    const child = root.child();
    const [tx, rx] = channel<Waited>();
    startWaiter(child, "the child", 250, tx);
    root.cancel();
    expectTold(rx, 1, 0, "One thread went to sleep on a child while another cancelled its parent, both");
  },
  {
    clock: "idle",
    explain:
      "Looking and going to sleep must be one step: else the news comes in between, and nobody is woken.",
  },
);

check(
  "all-told",
  "When cancel() returns, every token below is cancelled",
  () => {
    const root = new CancelToken();
    const child = root.child();
    const grandchild = child.child();
    spawn(() => root.cancel(), { name: "first canceller" });
    root.cancel();
    const happened =
      "Two threads cancelled the same token at the same time, and one of the calls has returned";
    expectCancelled(child, true, happened, "A child");
    expectCancelled(grandchild, true, happened, "A grandchild");
  },
  { explain: "Who has cancelled goes on to clean up, and relies on nobody below starting anything new." },
);

check(
  "top-and-bottom",
  "Parent and child can be cancelled at the same time",
  () => {
    const root = new CancelToken();
    const child = root.child();
    const below = child.child();
    const [tx, rx] = channel<string>();
    for (const [token, name] of [
      [root, "root.cancel()"],
      [child, "child.cancel()"],
      [below, "grandchild.cancel()"],
    ] as const) {
      const done = tx.clone();
      spawn(
        () => {
          token.cancel();
          done.send(name);
        },
        { name },
      );
    }
    const returned: string[] = [];
    for (let i = 0; i < 3; i += 1) {
      const got = rx.recvTimeout(1_000);
      expect(
        got.ok,
        () =>
          `Three threads called root.cancel(), child.cancel() and grandchild.cancel() at 0 ms. At ${ms(now())} ${returned.length === 0 ? "none" : `only ${returned.join(" and ")}`} had returned.`,
      );
      if (got.ok) returned.push(got.value);
    }
    for (const token of [root, child, below])
      expectCancelled(
        token,
        true,
        "Root, child and grandchild were cancelled by three threads",
        "Each of them",
      );
  },
  { clock: "idle" },
);

/** One wait may cost this many kernel calls, however long it takes. */
const CALLS_MAX = 40;

check(
  "no-spinning",
  "Waiting costs nothing",
  () => {
    const token = new CancelToken().child().child();
    const before = kernelCalls();
    const began = now();
    const { told } = waitOn(token, "it", 4_000);
    const used = kernelCalls() - before;
    const took = now() - began;
    expect(!told, "Nobody cancelled the token, and wait(4000) on it returned true.");
    expect(
      used < CALLS_MAX,
      () =>
        `wait(4000) took ${ms(took)} and ${used} kernel calls. One call that sleeps until something happens is enough.`,
    );
  },
  { callCostNs: 1_000_000, explain: "In this check every kernel call takes 1 ms of a core." },
);

check("no-threads", "A token needs no thread of its own", () => {
  const before = liveThreads();
  const root = new CancelToken();
  const child = root.child();
  const grandchild = child.child();
  const extra = (): number => liveThreads() - before;
  expect(
    extra() === 0,
    () => `Three tokens were made, and ${extra()} more threads were alive. A token is a note, not a worker.`,
  );
  grandchild.wait(20);
  sleep(1);
  expect(extra() === 0, () => `1 ms after wait(20) had returned, ${extra()} more threads were alive.`);
  root.cancel();
  sleep(1);
  expect(extra() === 0, () => `1 ms after the tokens were cancelled, ${extra()} more threads were alive.`);
});
