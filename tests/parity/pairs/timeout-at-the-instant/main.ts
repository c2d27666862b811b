import { type Async, blockOn, type Future } from "rt";
import { Instant, sleep, timeout } from "rt/time";

export function main(): void {
  blockOn(body());
}

const start = Instant.now();

function* work(ms: number): Async<string> {
  let end = "dropped";
  try {
    yield* sleep(ms);
    end = "done";
    return `value of ${ms}`;
  } finally {
    console.log(`${ms} ${end} at ${start.elapsed()}`);
  }
}

function* now(): Async<string> {
  return "at once";
}

function* show(ms: number, future: Future<string>) {
  const result = yield* timeout(ms, future);
  console.log(result.ok ? result.value : result.error);
}

function* body() {
  yield* show(10, work(9));
  yield* show(10, work(10));
  yield* show(10, work(11));
  yield* show(0, now());
  yield* show(0, work(0));
  yield* show(0, work(1));
  const early = timeout(5, work(3));
  yield* sleep(20);
  const late = yield* early;
  console.log(late.ok ? late.value : late.error);
  const nested = yield* timeout(10, timeout(10, work(20)));
  console.log(nested.ok ? (nested.value.ok ? "value" : "inner") : "outer");
}
