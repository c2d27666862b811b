import { Condvar, Mutex, type Result } from "std/sync";
import { spawn } from "std/thread";
import { Instant } from "std/time";

/** What a job looks at to learn that nobody waits for it any more. */
export class StopSignal {
  private readonly told: Mutex<boolean>;
  private readonly changed: Condvar;

  constructor(told: Mutex<boolean>, changed: Condvar) {
    this.told = told;
    this.changed = changed;
  }

  /** True once the job has been told to stop. */
  stopped(): boolean {
    using told = this.told.lock();
    return told.value;
  }

  /** Sleeps for `ms`, or until the job is told to stop: then it returns true at once. */
  wait(ms: number): boolean {
    const began = Instant.now();
    using told = this.told.lock();
    while (!told.value) {
      const left = ms - began.elapsed();
      const timedOut = left <= 0 || this.changed.waitTimeout(told, left);
      if (timedOut) return told.value;
    }
    return true;
  }
}

/** The other end: `stop()` tells whoever holds `signal`. Complete; use it as it is. */
export class StopSource {
  private readonly told = new Mutex(false);
  private readonly changed = new Condvar();
  readonly signal = new StopSignal(this.told, this.changed);

  stop(): void {
    using told = this.told.lock();
    told.value = true;
    this.changed.notifyAll();
  }
}

type Slot<T> = { state: "running" } | { state: "done"; value: T } | { state: "panicked" };

/** Waits for the notification without looking first: one that came before the wait is lost. */
export function withTimeout<T>(job: (stop: StopSignal) => T, ms: number): Result<T, "timeout"> {
  const source = new StopSource();
  const slot = new Mutex<Slot<T>>({ state: "running" });
  const ended = new Condvar();
  const worker = spawn(() => {
    let report: Slot<T> = { state: "panicked" };
    try {
      report = { state: "done", value: job(source.signal) };
    } finally {
      using guard = slot.lock();
      guard.value = report;
      ended.notifyOne();
    }
  });

  using guard = slot.lock();
  ended.waitTimeout(guard, ms);
  const last = guard.value;
  if (last.state === "done") return { ok: true, value: last.value };
  guard.unlock();
  if (last.state === "panicked") worker.join();
  source.stop();
  return { ok: false, error: "timeout" };
}
