import { type Async, blockOn } from "rt";
import { fromIterable } from "rt/stream";
import { Instant, sleep } from "rt/time";

export function main(): void {
  blockOn(body());
}

const start = Instant.now();

function* work(ms: number): Async<string> {
  console.log(`${ms} begins at ${start.elapsed()}`);
  yield* sleep(ms);
  return `${ms} at ${start.elapsed()}`;
}

function* body(): Async<void> {
  const done = yield* fromIterable([30, 10, 20, 5]).map(work).bufferUnordered(2).collect();
  console.log(done.join(", "));
}
