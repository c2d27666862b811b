import { Condvar, Mutex } from "std/sync";
import { sleep, spawn } from "std/thread";
import { Instant } from "std/time";

export function main(): void {
  const ready = new Mutex(false);
  const changed = new Condvar();
  changed.notifyOne();
  using guard = ready.lock();
  console.log(`nobody waited, so it is lost: ${changed.waitTimeout(guard, 10)}`);
  console.log(`no time: ${changed.waitTimeout(guard, 0)}`);
  console.log(`does not hold: ${changed.waitTimeoutWhile(guard, 0, (value) => value)}`);
  console.log(`holds: ${changed.waitTimeoutWhile(guard, 10, (value) => !value)}`);
  const setter = spawn(() => {
    sleep(10);
    changed.notifyOne();
    sleep(10);
    using own = ready.lock();
    own.value = true;
    changed.notifyOne();
  });
  const start = Instant.now();
  console.log(`in time: ${changed.waitTimeoutWhile(guard, 2000, (value) => !value)} ${guard.value}`);
  console.log(start.elapsed() >= 20 && start.elapsed() < 1000);
  setter.join();
}
