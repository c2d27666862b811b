import { panic } from "std/assert";
import { type Async, blockOn, spawn } from "rt";
import { Mutex } from "rt/sync";

export function main(): void {
  blockOn(body());
}

function* body() {
  const shared = new Mutex(1);
  const half = function* (): Async<void> {
    const guard = yield* shared.lock();
    guard.value = 2;
    panic("half done");
  };
  try {
    yield* spawn(half());
  } catch {
    console.log("panicked");
  }
  const guard = shared.tryLock();
  console.log(guard.ok ? `value ${guard.value.value}` : guard.error);
}
