import { type Async, blockOn, spawn, yieldNow } from "rt";
import { sleep } from "rt/time";

export function main(): void {
  blockOn(body());
  console.log("main is over");
}

function* later(): Async<void> {
  let end = "dropped";
  try {
    yield* sleep(10);
    end = "done";
  } finally {
    console.log(`the task is ${end}`);
  }
}

function* body() {
  spawn(later());
  yield* yieldNow();
}
