// Two tasks find a cache empty, and both fetch what is missing.
import { type Async, yieldNow } from "rt";
import { Mutex } from "rt/sync";
import { assertEq } from "std/assert";
import { later, runTasks } from "./bodies";

class Cache {
  fetches = 0;
  value = "";

  *fill(): Async<void> {
    if (this.value !== "") return;
    this.fetches += 1;
    yield* yieldNow();
    this.value = "fetched";
  }
}

export function wrong(): void {
  const cache = new Cache();
  runTasks(cache.fill(), later(cache.fill()));
  assertEq(cache.fetches, 1);
}

export function right(): void {
  const cache = new Cache();
  const lock = new Mutex(0);
  function* fill(): Async<void> {
    using _guard = yield* lock.lock();
    yield* cache.fill();
  }
  runTasks(fill(), later(fill()));
  assertEq(cache.fetches, 1);
}
