/** Random programs against simple models of what a channel, a lock, a timer and a waker promise. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { CALLS, STATUS, type TraceEvent } from "#abi";
import { createPrng } from "#base";
import type { Chooser, Kernel } from "#kernel";
import { Timers } from "../../src/kernel/timers.ts";
import { type Call, runScript, type Script } from "./fake-guest.ts";

const RUNS = { numRuns: 200 };

function seeded(seed: number): Chooser {
  const prng = createPrng(seed);
  return { choose: (point) => prng.below(point.threads.length) };
}

const timerStep = fc.oneof(
  fc.record({ kind: fc.constant("set" as const), after: fc.nat(20) }),
  fc.record({ kind: fc.constant("cancel" as const), which: fc.nat(30) }),
  fc.record({ kind: fc.constant("fire" as const), after: fc.nat(10) }),
);

it("timers fire once, in the order of their instants and then of their making, unless cancelled", () => {
  fc.assert(
    fc.property(fc.array(timerStep, { maxLength: 60 }), (steps) => {
      const timers = new Timers();
      const fired: number[] = [];
      const expected: number[] = [];
      let model: { id: number; ns: number; order: number }[] = [];
      let now = 0;
      for (const [order, step] of steps.entries()) {
        if (step.kind === "set") {
          const ns = now + step.after;
          model.push({ id: timers.at(ns, () => void fired.push(order)), ns, order });
        } else if (step.kind === "cancel") {
          const chosen = model[step.which];
          if (chosen !== undefined) timers.cancel(chosen.id);
          model = model.filter((timer) => timer !== chosen);
        } else {
          now += step.after;
          const due = model
            .filter(({ ns }) => ns <= now)
            .toSorted((a, b) => a.ns - b.ns || a.order - b.order);
          expected.push(...due.map(({ order: made }) => made));
          model = model.filter(({ ns }) => ns > now);
          timers.fire(now);
        }
        expect(timers.nextNs).toBe(Math.min(Infinity, ...model.map(({ ns }) => ns)));
      }
      expect(fired).toEqual(expected);
    }),
    RUNS,
  );
});

/** What happens during one poll: tasks that are woken, by index; the polled one among them perhaps. */
const polls = fc.array(fc.array(fc.nat(3), { maxLength: 4 }), { minLength: 1, maxLength: 30 });

it("a woken task is polled once for any number of wakes, first woken first, and a wake during its own poll counts", () => {
  fc.assert(
    fc.property(polls, (script) => {
      const order: number[] = [];
      const expected: number[] = [];
      runScript(function* () {
        const tasks: number[] = [];
        for (let i = 0; i < 4; i++)
          tasks.push((yield { call: "taskNew", a: i === 0 ? 1 : 0, payload: "s\n" }).reply as number);
        let queue = [...tasks];
        for (const wakes of script) {
          const { reply } = yield { call: "taskNext", a: 1 };
          order.push(reply as number);
          const polled = queue.shift() ?? 0;
          expected.push(polled);
          let again = false;
          for (const i of wakes) {
            const task = tasks[i] as number;
            yield { call: "wake", a: task };
            if (task === polled) again = true;
            else if (!queue.includes(task)) queue = [...queue, task];
          }
          if (again) queue = [...queue, polled];
        }
        yield* endTasks(tasks);
      });
      expect(order).toEqual(expected);
    }),
    RUNS,
  );
});

/** Ends every task, whatever its state, so that nothing is left at the end of the run. */
function* endTasks(tasks: readonly number[]): ReturnType<Script> {
  for (const task of tasks) yield { call: "wake", a: task };
  for (;;) {
    const { reply } = yield { call: "taskNext", a: 1 };
    if (reply === 0) return;
    yield { call: "taskEnd", a: STATUS.ok };
  }
}

const traffic = fc.record({
  capacity: fc.constantFrom(-1, 0, 1, 2, 3),
  counts: fc.array(fc.nat(4), { minLength: 1, maxLength: 3 }),
  seed: fc.nat(),
});

it("what is sent arrives once, in the order of each sender, and never more than the capacity waits", () => {
  fc.assert(
    fc.property(traffic, ({ capacity, counts, seed }) => {
      const got: number[] = [];
      const kernel = runScript(
        function* () {
          const { reply } = yield { call: "channelNew", a: capacity };
          for (const [i, count] of counts.entries()) yield* startSender(Number(reply), i, count);
          yield { call: "endpointDrop", a: Number(reply) };
          for (;;) {
            const message = yield { call: "recv", a: Number(reply) + 1 };
            if (message.status !== STATUS.ok) break;
            got.push(Number(message.reply));
          }
        },
        { chooser: seeded(seed) },
      );
      expect(kernel.failure).toBe(null);
      for (const [i, count] of counts.entries())
        expect(got.filter((value) => Math.floor(value / 100) === i)).toEqual(
          Array.from({ length: count }, (_, n) => i * 100 + n),
        );
      expect(mostWaiting(kernel)).toBeLessThanOrEqual(capacity < 0 ? Infinity : Math.max(1, capacity));
    }),
    RUNS,
  );
});

/** Starts a thread that sends `count` numbers, all of one hundred, over a sender of its own. */
function* startSender(sender: number, hundred: number, count: number): ReturnType<Script> {
  const { reply: own } = yield { call: "endpointClone", a: sender };
  yield {
    call: "spawn",
    captures: `d${own}:tx`,
    body: function* () {
      for (let n = 0; n < count; n++) yield { call: "send", a: Number(own), payload: hundred * 100 + n };
    },
  };
}

/** The most messages that were in a channel at once; one that still stands in line with its sender is not. */
function mostWaiting(kernel: Kernel): number {
  let inside = 0;
  let most = 0;
  for (const event of kernel.recorder.events) {
    if (!tookEffect(event) || event.detail === "disconnected" || event.detail === "") continue;
    if (event.call === CALLS.send) most = Math.max(most, ++inside);
    if (event.call === CALLS.recv) inside--;
  }
  return most;
}

function tookEffect({ kind }: TraceEvent): boolean {
  return kind === "called" || kind === "resumed";
}

const lockers = fc.record({ turns: fc.array(fc.nat(3), { minLength: 2, maxLength: 4 }), seed: fc.nat() });

it("a lock is held by one thread at a time, and every thread gets it", () => {
  fc.assert(
    fc.property(lockers, ({ turns, seed }) => {
      const kernel = runScript(
        function* () {
          const { reply } = yield { call: "mutexNew", payload: 0 };
          for (const count of turns) yield { call: "spawn", body: locking(Number(reply), count) };
        },
        { chooser: seeded(seed) },
      );
      expect(kernel.failure).toBe(null);
      let holder = -1;
      let taken = 0;
      for (const { call, thread, ...event } of kernel.recorder.events.filter(tookEffect)) {
        if (call === CALLS.lock) {
          expect([holder, event.detail]).toEqual([-1, String(taken)]);
          holder = thread;
          taken++;
        } else if (call === CALLS.unlock) {
          expect(holder).toBe(thread);
          holder = -1;
        }
      }
      expect(taken).toBe(turns.reduce((sum, count) => sum + count, 0));
    }),
    RUNS,
  );
});

function locking(mutex: number, count: number): Script {
  return function* () {
    for (let i = 0; i < count; i++) {
      const { reply } = yield { call: "lock", a: mutex };
      yield { call: "yieldNow" } satisfies Call;
      yield { call: "unlock", a: mutex, payload: Number(reply) + 1 };
    }
  };
}

const readers = fc.record({
  sends: fc.array(fc.constantFrom("send" as const, "drop" as const, "take" as const), { maxLength: 25 }),
  seed: fc.nat(),
});

it("a receive that is given up takes nothing, and one that is waiting is woken when there is something", () => {
  fc.assert(
    fc.property(readers, ({ sends }) => {
      let sent = 0;
      const got: number[] = [];
      runScript(function* () {
        const root = (yield { call: "taskNew", a: 1 }).reply as number;
        yield { call: "taskNext", a: 1 };
        const tx = (yield { call: "channelNew", a: -1 }).reply as number;
        let operation = 0;
        for (const step of sends) {
          if (step === "send") yield { call: "send", a: tx, payload: sent++ };
          else if (step === "drop" && operation !== 0) {
            yield { call: "operationDrop", a: operation };
            operation = 0;
          } else if (step === "take") {
            const asked: Call =
              operation === 0 ? { call: "recv", a: tx + 1 } : { call: "operationPoll", a: operation };
            const { reply, status } = yield { ...asked, waker: root };
            expect(status).toBe(got.length < sent ? STATUS.ok : STATUS.pending);
            operation = status === STATUS.pending ? Number(reply) : 0;
            if (status === STATUS.ok) got.push(Number(reply));
          }
        }
        if (operation !== 0 && got.length < sent) expect((yield { call: "taskNext", a: 1 }).reply).toBe(root);
        yield { call: "taskEnd", a: STATUS.ok };
      });
      expect(got).toEqual(Array.from({ length: got.length }, (_, i) => i));
    }),
    RUNS,
  );
});
