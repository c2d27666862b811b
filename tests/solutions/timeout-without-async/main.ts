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

/** Runs `job` in a thread of its own; a slot behind a lock, and a condition, say when it is over. */
export function withTimeout<T>(job: (stop: StopSignal) => T, ms: number): Result<T, "timeout"> {
  const source = new StopSource();
  const isOver = new Mutex(false);
  const changed = new Condvar();
  const worker = spawn(
    () => {
      try {
        return job(source.signal);
      } finally {
        using over = isOver.lock();
        over.value = true;
        changed.notifyAll();
      }
    },
    { name: "job" },
  );

  const deadline = Instant.now().add(ms);
  {
    using over = isOver.lock();
    while (!over.value) {
      const left = deadline.durationSince(Instant.now());
      if (left <= 0 || changed.waitTimeout(over, left)) break;
    }
    if (!over.value) {
      source.stop();
      return { ok: false, error: "timeout" };
    }
  }
  // It is over: the thread has at most its end before it, so nobody waits for the job here. A panic is raised again.
  return { ok: true, value: worker.join() };
}
