import { blockOn, spawn, yieldNow } from "rt";
import { Semaphore } from "rt/sync";

export function main(): void {
  blockOn(body());
}

function* body() {
  const permits = new Semaphore(1);
  const held = permits.tryAcquire();
  const waiting = spawn(
    (function* () {
      const got = yield* permits.acquire();
      return got.ok ? "got it" : got.error;
    })(),
  );
  yield* yieldNow();
  if (held.ok) held.value.release();
  permits.close();
  const told = yield* waiting;
  console.log(told.ok && told.value, permits.availablePermits());
  const tried = permits.tryAcquire();
  console.log(tried.ok ? "taken" : tried.error);
  const asked = yield* permits.acquire();
  console.log(asked.ok ? "got it" : asked.error);
  const zero = new Semaphore(0);
  zero.close();
  const none = zero.tryAcquire();
  console.log(none.ok ? "taken" : none.error);
}
