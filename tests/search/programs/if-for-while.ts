// Whoever is woken takes what it waited for without looking whether it is still there.
import { assert } from "std/assert";
import { Condvar, Mutex } from "std/sync";
import { runThreads } from "./bodies";

type Wait = (filled: Condvar, guard: Parameters<Condvar["wait"]>[0] & { value: number[] }) => void;

function takeTwo(wait: Wait): void {
  const queue = new Mutex<number[]>([]);
  const filled = new Condvar();
  const take = () => {
    using guard = queue.lock();
    wait(filled, guard);
    assert(guard.value.shift() !== undefined, "nothing is there");
  };
  const give = () => {
    for (const item of [1, 2]) {
      using guard = queue.lock();
      guard.value.push(item);
      filled.notifyOne();
    }
  };
  runThreads(take, take, give);
}

export function wrong(): void {
  takeTwo((filled, guard) => {
    if (guard.value.length === 0) filled.wait(guard);
  });
}

export function right(): void {
  takeTwo((filled, guard) => {
    while (guard.value.length === 0) filled.wait(guard);
  });
}
