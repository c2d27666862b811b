import { type Async, blockOn, join, spawn } from "rt";
import { Notify } from "rt/sync";
import { sleep, timeout } from "rt/time";

export function main(): void {
  blockOn(body());
}

function* body(): Async<void> {
  const notify = new Notify();
  const waits = function* (): Async<string> {
    const got = yield* timeout(50, notify.notified());
    return got.ok ? "notified" : got.error;
  };
  const first = spawn(waits());
  yield* sleep(1);
  const second = spawn(waits());
  yield* sleep(1);
  notify.notifyWaiters();
  first.abort();
  yield* sleep(1);
  const third = spawn(waits());
  const [, b, c] = yield* join(first, second, third);
  console.log(b.ok && b.value, c.ok && c.value);

  const gaveUp = spawn(waits());
  yield* sleep(1);
  notify.notifyOne();
  gaveUp.abort();
  yield* gaveUp;
  console.log(`passed on: ${yield* waits()}`);
  console.log(`once: ${yield* waits()}`);
}
