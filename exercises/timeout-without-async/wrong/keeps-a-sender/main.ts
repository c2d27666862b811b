import { Condvar, Mutex, type Result, channel } from "std/sync";
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

/** The thread gets a clone and the caller keeps the original: the channel never disconnects, a panic goes unnoticed. */
export function withTimeout<T>(job: (stop: StopSignal) => T, ms: number): Result<T, "timeout"> {
  const source = new StopSource();
  const [tx, rx] = channel<T>();
  const mine = tx.clone();
  const worker = spawn(() => {
    mine.send(job(source.signal));
  });

  const got = rx.recvTimeout(ms);
  if (got.ok) return got;
  if (got.error === "disconnected") worker.join();
  source.stop();
  return { ok: false, error: "timeout" };
}
