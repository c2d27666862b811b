import { panic } from "std/assert";
import { channel, Condvar, Mutex } from "std/sync";
import { spawn } from "std/thread";

export function main(): void {
  const ready = new Mutex(false);
  const changed = new Condvar();
  const [tell, told] = channel<string>();
  const waiter = spawn(() => {
    const guard = ready.lock();
    tell.send("it has the lock");
    try {
      changed.waitWhile(guard, (value) => !value);
    } catch (error) {
      return (error as Error).name;
    }
    return `ready: ${guard.value}`;
  });
  const setter = spawn(() => {
    told.recv();
    const guard = ready.lock();
    guard.value = true;
    changed.notifyOne();
    panic("too soon");
  });
  console.log(waiter.join());
  try {
    setter.join();
  } catch (error) {
    console.log((error as Error).message);
  }
}
