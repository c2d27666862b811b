import { Condvar, Mutex, type Result, channel } from "std/sync";
import { sleep, spawn } from "std/thread";
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

/** Sleeps until the deadline and only then looks: a quick job costs as much time as a slow one. */
export function withTimeout<T>(job: (stop: StopSignal) => T, ms: number): Result<T, "timeout"> {
  const source = new StopSource();
  const [tx, rx] = channel<T>();
  const worker = spawn(() => {
    tx.send(job(source.signal));
  });

  sleep(ms);
  const got = rx.tryRecv();
  if (got.ok) return got;
  if (got.error === "disconnected") worker.join();
  source.stop();
  return { ok: false, error: "timeout" };
}
