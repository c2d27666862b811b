import { blockOn, spawn } from "rt";
import { Semaphore } from "rt/sync";
import { sleep } from "rt/time";

export function main(): void {
  blockOn(body());
}

function* body() {
  const permits = new Semaphore(3);
  const order: string[] = [];
  const held = permits.tryAcquire(2);
  const take = function* (name: string, n: number) {
    const got = yield* permits.acquire(n);
    order.push(name);
    if (got.ok) got.value.release();
  };
  const large = spawn(take("large", 3));
  yield* sleep(1);
  const small = spawn(take("small", 1));
  yield* sleep(1);
  console.log(`free ${permits.availablePermits()}`);
  const pushed = permits.tryAcquire();
  console.log(pushed.ok ? "taken" : pushed.error);
  permits.addPermits(1);
  yield* sleep(1);
  console.log(`order ${order.join(" ")}, free ${permits.availablePermits()}`);
  if (held.ok) held.value.release();
  yield* large;
  yield* small;
  console.log(`order ${order.join(" ")}, free ${permits.availablePermits()}`);
  const much = permits.tryAcquire(5);
  console.log(much.ok ? "taken" : much.error);
}
