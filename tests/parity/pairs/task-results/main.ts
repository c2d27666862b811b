import { panic } from "std/assert";
import { type Async, blockOn, spawn } from "rt";
import { sleep, timeout } from "rt/time";

export function main(): void {
  blockOn(body());
}

function* work(ms: number): Async<number> {
  yield* sleep(ms);
  console.log(`task of ${ms} ends`);
  return ms;
}

function* body() {
  const panics = spawn(
    (function* (): Async<number> {
      yield* sleep(1);
      return panic("no");
    })(),
  );
  try {
    yield* panics;
  } catch (error) {
    console.log(`panicked: ${(error as Error).message}`);
  }
  spawn(work(5));
  const slow = spawn(work(20));
  const first = yield* timeout(10, slow);
  console.log(first.ok ? "in time" : first.error);
  console.log(`still runs: ${!slow.isFinished()}`);
  yield* sleep(20);
  const value = yield* slow;
  console.log(value.ok ? value.value : value.error);
}
