import { type Async, blockOn, join } from "rt";
import { sleep, timeout } from "rt/time";
import { type CounterHandle, spawnCounter } from "./main";

// Yours to change. "Run" runs this file; "Check" does not look at it.

function* visitor(counter: CounterHandle, everyMs: number): Async<void> {
  for (let visit = 1; visit <= 3; visit += 1) {
    yield* sleep(everyMs);
    counter.add(1);
  }
}

function* show(counter: CounterHandle, what: string): Async<void> {
  // Somebody in a hurry: half a second, or never mind.
  const got = yield* timeout(500, counter.get());
  if (!got.ok) console.log(`${what}: no answer`);
  else console.log(`${what}: ${got.value.ok ? got.value.value : got.value.error}`);
}

function* watch(counter: CounterHandle): Async<void> {
  yield* show(counter, "at first");
  yield* sleep(150);
  yield* show(counter, "later");
}

function* day(): Async<void> {
  const counter = spawnCounter();
  yield* join(visitor(counter, 100), visitor(counter, 70), watch(counter));
  yield* show(counter, "in the end");
  counter.close();
  yield* show(counter, "after closing");
}

blockOn(day());
