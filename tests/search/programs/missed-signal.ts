// The flag is looked at without the lock; the signal comes between the look and the wait.
import { AtomicBool, Condvar, Mutex } from "std/sync";
import { runThreads } from "./bodies";

export function wrong(): void {
  const [isDone, lock, done] = [new AtomicBool(false), new Mutex(0), new Condvar()];
  const wait = () => {
    if (isDone.load()) return;
    using guard = lock.lock();
    done.wait(guard);
  };
  const finish = () => {
    isDone.store(true);
    done.notifyAll();
  };
  runThreads(wait, finish);
}

export function right(): void {
  const [isDone, done] = [new Mutex(false), new Condvar()];
  const wait = () => {
    using guard = isDone.lock();
    while (!guard.value) done.wait(guard);
  };
  const finish = () => {
    using guard = isDone.lock();
    guard.value = true;
    done.notifyAll();
  };
  runThreads(wait, finish);
}
