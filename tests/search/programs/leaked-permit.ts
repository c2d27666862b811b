// A task is aborted while it has the only permit, and nobody gives that back.
import { type Async, spawn, yieldNow } from "rt";
import { Notify } from "rt/sync";
import { runTasks } from "./bodies";

class Permits {
  #free = 1;
  readonly #freed = new Notify();

  *take(): Async<void> {
    while (this.#free === 0) yield* this.#freed.notified();
    this.#free -= 1;
  }

  give(): void {
    this.#free += 1;
    this.#freed.notifyOne();
  }
}

function abortOne(job: (permits: Permits) => Async<void>): void {
  const permits = new Permits();
  function* abort(): Async<void> {
    const aborted = spawn(job(permits));
    yield* yieldNow();
    aborted.abort();
    yield* aborted;
  }
  runTasks(abort(), job(permits));
}

export function wrong(): void {
  abortOne(function* (permits) {
    yield* permits.take();
    yield* yieldNow();
    permits.give();
  });
}

export function right(): void {
  abortOne(function* (permits) {
    yield* permits.take();
    try {
      yield* yieldNow();
    } finally {
      permits.give();
    }
  });
}
