import { type Async, blockOn, type Result, tryJoin } from "rt";
import { Instant, sleep } from "rt/time";

export function main(): void {
  blockOn(body());
}

const start = Instant.now();

function* work(name: string, ms: number, fails: boolean): Async<Result<string, string>> {
  let end = "dropped";
  try {
    yield* sleep(ms);
    end = "done";
    return fails ? { ok: false, error: `${name} failed` } : { ok: true, value: name };
  } finally {
    console.log(`${name} ${end} at ${start.elapsed()}`);
  }
}

function* body() {
  const good = yield* tryJoin(work("a", 10, false), work("b", 5, false));
  console.log(good.ok ? good.value.join(" ") : good.error);
  const bad = yield* tryJoin(work("a", 30, false), work("b", 10, true), work("c", 5, false));
  console.log(bad.ok ? bad.value.join(" ") : bad.error);
  const both = yield* tryJoin(work("a", 10, true), work("b", 10, true));
  console.log(both.ok ? both.value.join(" ") : both.error);
}
