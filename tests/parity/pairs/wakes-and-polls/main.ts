import { type Async, blockOn, type Context, Future, Poll, spawn } from "rt";
import type { Waker } from "rt";
import { sleep } from "rt/time";

export function main(): void {
  blockOn(body());
}

let polls = 0;
let waker: Waker | null = null;

/** Ready at its fourth poll; wakes itself during the first. */
class Counted extends Future<string> {
  override poll(cx: Context): Poll<string> {
    polls += 1;
    console.log(`poll ${polls}`);
    waker = cx.waker.clone();
    if (polls === 1) {
      cx.waker.wake();
      cx.waker.wake();
    }
    return polls === 4 ? Poll.ready("ready") : Poll.pending;
  }
}

function* body(): Async<void> {
  const task = spawn(new Counted());
  yield* sleep(1);
  yield* sleep(1);
  yield* sleep(1);
  console.log(`${polls} polls, nobody woke it since`);
  waker?.wake();
  waker?.wake();
  yield* sleep(1);
  yield* sleep(1);
  console.log(`${polls} polls, two wakes were one`);
  const other = waker?.clone();
  waker?.wake();
  const told = yield* task;
  console.log(told.ok ? told.value : told.error);
  console.log(`${polls} polls, ${other?.willWake(other)}`);
}
