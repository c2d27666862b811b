import { type Async, blockOn } from "rt";
import { fromIterable } from "rt/stream";
import { Instant, sleep } from "rt/time";

export function main(): void {
  blockOn(body());
}

const start = Instant.now();

function* work(ms: number): Async<number> {
  let end = "dropped";
  try {
    yield* sleep(ms);
    end = "done";
    return ms;
  } finally {
    console.log(`${ms} ${end} at ${start.elapsed()}`);
  }
}

function* body(): Async<void> {
  const done = yield* fromIterable([30, 10, 20, 5]).map(work).bufferUnordered(2).take(2).collect();
  console.log(done.join(", "), start.elapsed());
}
