import { blockOn, join, spawn } from "rt";
import { Semaphore } from "rt/sync";
import { Instant, sleep, timeout } from "rt/time";

export function main(): void {
  blockOn(body());
}

function* body() {
  const start = Instant.now();
  const permits = new Semaphore(2);
  const held = permits.tryAcquire(1);
  const gaveUp = spawn(
    (function* () {
      const got = yield* timeout(10, permits.acquire(2));
      console.log(got.ok ? "got two" : `gave up at ${start.elapsed()}`);
    })(),
  );
  yield* sleep(1);
  const behind = spawn(
    (function* () {
      const got = yield* permits.acquire(1);
      console.log(`got one at ${start.elapsed()}`);
      yield* sleep(10);
      if (got.ok) got.value.release();
    })(),
  );
  yield* sleep(1);
  console.log(`free ${permits.availablePermits()}`);
  yield* join(gaveUp, behind);
  console.log(`free ${permits.availablePermits()} at ${start.elapsed()}`);
  if (held.ok) held.value.release();
  const aborted = spawn(
    (function* () {
      const got = yield* permits.acquire(2);
      yield* sleep(100);
      if (got.ok) got.value.release();
    })(),
  );
  yield* sleep(1);
  console.log(`free ${permits.availablePermits()}`);
  aborted.abort();
  yield* aborted;
  console.log(`free ${permits.availablePermits()}`);
}
