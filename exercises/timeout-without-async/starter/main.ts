import { Condvar, Mutex, type Result } from "std/sync";
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

/**
 * Runs `job` and waits at most `ms` milliseconds for its value.
 *
 * - The job ends before `ms`: its value, as soon as it is there.
 * - The job takes longer: "timeout", at exactly `ms`, even if the job is stuck. The job is told to stop, and what
 *   it still produces is never seen by anybody. At the very instant `ms` either answer is right.
 * - The job panics in time: the same panic here, with its name and message.
 *
 * Waiting costs nothing: no loop that asks again and again. Nothing stays behind once the job has ended.
 */
export function withTimeout<T>(job: (stop: StopSignal) => T, ms: number): Result<T, "timeout"> {
  // This runs the job to its end and looks at the clock afterwards. By then it is too late to give up.
  const began = Instant.now();
  const source = new StopSource();
  const value = job(source.signal);
  if (began.elapsed() > ms) return { ok: false, error: "timeout" };
  return { ok: true, value };
}
