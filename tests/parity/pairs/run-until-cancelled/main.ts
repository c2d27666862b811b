import { type Async, blockOn, spawn } from "rt";
import { CancellationToken } from "rt/sync";
import { Instant, sleep } from "rt/time";

export function main(): void {
  blockOn(body());
}

const start = Instant.now();

function* work(stop: CancellationToken, ms: number): Async<string> {
  let end = "dropped";
  try {
    yield* sleep(ms);
    stop.cancel();
    end = "done";
    return "value";
  } finally {
    console.log(`${end} at ${start.elapsed()}`);
  }
}

function* at(stop: CancellationToken, ms: number): Async<string> {
  const got = yield* stop.runUntilCancelled(work(stop, ms));
  return got.ok ? got.value : got.error;
}

function* body(): Async<void> {
  const stop = new CancellationToken();
  const child = stop.childToken();
  const other = spawn(
    (function* () {
      yield* sleep(10);
      stop.cancel();
    })(),
  );
  const both = yield* child.runUntilCancelled(work(new CancellationToken(), 10));
  console.log(both.ok ? both.value : both.error);
  yield* other;
  console.log(yield* at(stop, 0));
  console.log(yield* at(new CancellationToken(), 0));
  console.log(yield* at(new CancellationToken(), 5));
}
