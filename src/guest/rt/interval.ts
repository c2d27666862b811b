import { CALLS } from "#abi";
import { toNs } from "../core/duration.ts";
import { type HandleKey, KEY } from "../core/handle.ts";
import { inspect } from "../core/inspect.ts";
import { kernelCall } from "../core/kernel.ts";
import { type Instant, instantAt, nsOf } from "../std/instant.ts";
import type { Context, Waker } from "./context.ts";
import { Future } from "./future.ts";
import { begun, made } from "./generators.ts";
import { Poll, polledAgain } from "./polling.ts";
import { nsFromNow, sleepUntilNs } from "./sleep.ts";

/**
 * What an interval does about ticks that nobody took in time, with a period of 100 ms and a tick taken at 250
 * instead of 100 ms:
 *
 * `"burst"`: the missed ones follow at once, then the old rhythm goes on: 250 (for 200), 300, 400.
 *
 * `"delay"`: a new rhythm begins where the late one was taken: 350, 450.
 *
 * `"skip"`: the missed ones are left out, the old rhythm goes on: 300, 400.
 * @rust tokio::time::MissedTickBehavior
 */
export type MissedTicks = "burst" | "delay" | "skip";

const BEHAVIOURS: readonly MissedTicks[] = ["burst", "delay", "skip"];

/** A tick is missed once it is more than this late, nanoseconds: as in tokio, whose timers are no finer. */
const TOLERANCE_NS = 5_000_000;

/** When the tick after the one due at `dueNs` is due, where that one is taken at `nowNs`. */
function nextNs(missed: MissedTicks, dueNs: number, nowNs: number, periodNs: number): number {
  if (nowNs <= dueNs + TOLERANCE_NS || missed === "burst") return dueNs + periodNs;
  return missed === "delay" ? nowNs + periodNs : nowNs + periodNs - ((nowNs - dueNs) % periodNs);
}

/**
 * A clock that ticks at a fixed rhythm: take each tick with `yield* interval.tick()`. It does not drift,
 * however long one does other things between ticks.
 * @rust tokio::time::Interval
 * @example
 * ```ts
 * import { type Async, blockOn } from "rt";
 * import { Instant, interval, sleep } from "rt/time";
 * function* main(): Async<void> {
 *   const start = Instant.now();
 *   const beat = interval(100);
 *   beat.missedTicks = "skip";
 *   for (const busy of [0, 250, 10]) {
 *     yield* sleep(busy);
 *     yield* beat.tick();
 *     console.log(start.elapsed()); // 0, 250, 300
 *   }
 * }
 * blockOn(main());
 * ```
 */
export class Interval {
  #dueNs: number;
  readonly #periodNs: number;
  #missed: MissedTicks = "burst";
  /** Wakes whoever waits for a tick, so that it sees that the tick is due at another instant. */
  #waker: Waker | null = null;

  /** @internal Use `interval` or `intervalAt`. */
  constructor(key: HandleKey, firstNs: number, periodNs: number) {
    if (key !== KEY) throw new TypeError("Only `interval(ms)` and `intervalAt(start, ms)` make these.");
    this.#dueNs = firstNs;
    this.#periodNs = periodNs;
  }

  /**
   * Milliseconds from one tick to the next.
   * @rust tokio::time::Interval::period
   */
  get period(): number {
    return this.#periodNs / 1_000_000;
  }

  /**
   * What happens to ticks that were taken more than 5 ms late; `"burst"` unless it is set.
   * @throws RangeError where it is set to something else.
   * @rust tokio::time::Interval::set_missed_tick_behavior
   */
  get missedTicks(): MissedTicks {
    return this.#missed;
  }

  set missedTicks(missed: MissedTicks) {
    if (!BEHAVIOURS.includes(missed))
      throw new RangeError(`missedTicks is "burst", "delay" or "skip", not ${inspect(missed)}.`);
    this.#missed = missed;
  }

  /**
   * The next tick: ready when it is due, at once where it is overdue. Its value is the instant at which it
   * was due.
   * @rust tokio::time::Interval::tick
   * @cancel Safe: dropped before it was ready, the tick is still to come.
   */
  tick(): Future<Instant> {
    return new Tick({
      due: () => this.#dueNs,
      waitWith: (waker) => {
        this.#waker = waker;
      },
      take: () => {
        const nowNs = kernelCall(CALLS.now) as number;
        this.#dueNs = nextNs(this.#missed, this.#dueNs, nowNs, this.#periodNs);
      },
    });
  }

  /**
   * Begins a new rhythm: the next tick is due one period from now. A task that waits for the tick is told.
   * @rust tokio::time::Interval::reset
   */
  reset(): void {
    this.#move(nsFromNow(this.period, "reset()"));
  }

  /**
   * Begins a new rhythm with a tick at once.
   * @rust tokio::time::Interval::reset_immediately
   */
  resetImmediately(): void {
    this.#move(nsFromNow(0, "resetImmediately()"));
  }

  /**
   * Begins a new rhythm whose first tick is due in `ms` milliseconds.
   * @throws RangeError where `ms` is no number from 0.
   * @rust tokio::time::Interval::reset_after
   */
  resetAfter(ms: number): void {
    this.#move(nsFromNow(ms, "resetAfter(ms)"));
  }

  /**
   * Begins a new rhythm whose first tick is due at `instant`.
   * @throws TypeError where `instant` is no Instant.
   * @rust tokio::time::Interval::reset_at
   */
  resetAt(instant: Instant): void {
    this.#move(nsOf(instant, "resetAt(instant)"));
  }

  #move(dueNs: number): void {
    this.#dueNs = dueNs;
    this.#waker?.wake();
  }
}

/** What a tick needs of its interval. */
interface Beat {
  due(): number;
  /** Somebody waits for the tick, and is to be woken where it moves; null: nobody does any more. */
  waitWith(waker: Waker | null): void;
  take(): void;
}

class Tick extends Future<Instant> {
  readonly #beat: Beat;
  readonly #token = made();
  #timer: { readonly dueNs: number; readonly sleep: Future<void> } | null = null;
  #isOver = false;

  constructor(beat: Beat) {
    super();
    this.#beat = beat;
  }

  override poll(cx: Context): Poll<Instant> {
    begun(this.#token);
    if (this.#isOver) return polledAgain();
    const dueNs = this.#beat.due();
    if (this.#timer?.dueNs !== dueNs) {
      this.#timer?.sleep.drop();
      this.#timer = { dueNs, sleep: sleepUntilNs(dueNs) };
    }
    if (!this.#timer.sleep.poll(cx).ready) {
      this.#beat.waitWith(cx.waker);
      return Poll.pending;
    }
    this.#isOver = true;
    this.#beat.waitWith(null);
    this.#beat.take();
    return Poll.ready(instantAt(dueNs));
  }

  override drop(): void {
    begun(this.#token);
    if (this.#isOver || this.#timer === null) return;
    this.#isOver = true;
    this.#timer.sleep.drop();
    this.#beat.waitWith(null);
  }
}

function periodOf(ms: number, what: string): number {
  const ns = toNs(ms, what);
  if (ns === 0) throw new RangeError(`${what} needs a period longer than 0 ms.`);
  return ns;
}

/**
 * An interval with a tick at once and then one every `ms` milliseconds.
 * @throws RangeError where `ms` is no number above 0.
 * @rust tokio::time::interval
 * @example
 * ```ts
 * import { type Async, blockOn } from "rt";
 * import { Instant, interval, sleep } from "rt/time";
 * function* main(): Async<void> {
 *   const start = Instant.now();
 *   const beat = interval(10);
 *   for (let i = 0; i < 3; i++) {
 *     yield* beat.tick();
 *     console.log(start.elapsed()); // 0, 10, 20
 *     yield* sleep(3);
 *   }
 * }
 * blockOn(main());
 * ```
 */
export function interval(ms: number): Interval {
  const periodNs = periodOf(ms, "interval(ms)");
  return new Interval(KEY, nsFromNow(0, "interval(ms)"), periodNs);
}

/**
 * An interval whose first tick is due at `start`, and then one every `ms` milliseconds.
 * @throws TypeError where `start` is no Instant; RangeError where `ms` is no number above 0.
 * @rust tokio::time::interval_at
 * @example
 * ```ts
 * import { type Async, blockOn } from "rt";
 * import { Instant, intervalAt } from "rt/time";
 * function* main(): Async<void> {
 *   const start = Instant.now();
 *   const beat = intervalAt(start.add(5), 10);
 *   for (let i = 0; i < 3; i++) {
 *     const due = yield* beat.tick();
 *     console.log(due.durationSince(start)); // 5, 15, 25
 *   }
 * }
 * blockOn(main());
 * ```
 */
export function intervalAt(start: Instant, ms: number): Interval {
  return new Interval(KEY, nsOf(start, "intervalAt(start, ms)"), periodOf(ms, "intervalAt(start, ms)"));
}
