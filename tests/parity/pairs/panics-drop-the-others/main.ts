import { panic } from "std/assert";
import { type Async, blockOn, join, selectBiased, spawn } from "rt";
import { Instant, sleep, timeout } from "rt/time";

export function main(): void {
  blockOn(body());
}

const start = Instant.now();

function* work(name: string, ms: number): Async<string> {
  let end = "dropped";
  try {
    yield* sleep(ms);
    end = "done";
    return name;
  } finally {
    console.log(`${name} ${end} at ${start.elapsed()}`);
  }
}

function* bad(): Async<string> {
  yield* sleep(10);
  return panic("bad");
}

function* told(future: Async<unknown>): Async<void> {
  try {
    yield* spawn(future);
  } catch (error) {
    console.log(`panicked: ${(error as Error).message} at ${start.elapsed()}`);
  }
}

function* body(): Async<void> {
  yield* told(
    (function* () {
      yield* join(work("before", 30), bad(), work("quick", 5), work("behind", 20));
    })(),
  );
  yield* told(
    (function* () {
      yield* selectBiased({ before: work("before", 30), bad: bad(), behind: work("behind", 20) });
    })(),
  );
  yield* told(
    (function* () {
      yield* timeout(20, bad());
    })(),
  );
}
