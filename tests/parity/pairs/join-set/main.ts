import { panic } from "std/assert";
import { type Async, blockOn, type Result } from "rt";
import { JoinSet } from "rt/task";
import { Instant, sleep } from "rt/time";

export function main(): void {
  blockOn(body());
}

const start = Instant.now();

function* work(name: string, ms: number): Async<string> {
  yield* sleep(ms);
  if (name === "bad") panic("bad");
  return name;
}

function* next(set: JoinSet<string>): Async<string> {
  let result: Result<string, "cancelled"> | undefined;
  try {
    result = yield* set.joinNext();
  } catch {
    return "panicked";
  }
  if (result === undefined) return "empty";
  return result.ok ? result.value : result.error;
}

function* body() {
  const set = new JoinSet<string>();
  console.log(yield* next(set));
  set.spawn(work("slow", 30));
  set.spawn(work("quick", 10));
  set.spawn(work("bad", 20));
  const handle = set.spawn(work("stopped", 15));
  yield* sleep(5);
  handle.abort();
  console.log(`size ${set.size}`);
  for (let i = 0; i < 5; i++) {
    const told = yield* next(set);
    console.log(`${told} at ${start.elapsed()}, size ${set.size}`);
  }
  set.spawn(work("a", 10));
  set.spawn(work("b", 0));
  yield* sleep(5);
  set.abortAll();
  console.log(`size ${set.size}`);
  console.log(yield* next(set), yield* next(set), yield* next(set));
  set.spawn(work("c", 10));
  yield* set.shutdown();
  console.log(`size ${set.size} at ${start.elapsed()}`);
}
