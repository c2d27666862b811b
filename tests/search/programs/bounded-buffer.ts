// Producers and consumers wait for one condition, and `notifyOne` wakes one of the wrong kind.
import { Condvar, Mutex } from "std/sync";
import { runThreads } from "./bodies";

const ITEMS = 2;

function handOver(notify: (changed: Condvar) => void): void {
  const slot = new Mutex({ isFull: false });
  const changed = new Condvar();
  const setFull = (isFull: boolean) => () => {
    using guard = slot.lock();
    changed.waitWhile(guard, (now) => now.isFull === isFull);
    guard.value.isFull = isFull;
    notify(changed);
  };
  const consumers = Array.from({ length: ITEMS }, () => setFull(false));
  const producers = Array.from({ length: ITEMS }, () => setFull(true));
  runThreads(...consumers, ...producers);
}

export function wrong(): void {
  handOver((changed) => changed.notifyOne());
}

export function right(): void {
  handOver((changed) => changed.notifyAll());
}
