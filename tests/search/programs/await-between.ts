// Two tasks change a balance; each awaits something between its read and its write.
import { type Async, yieldNow } from "rt";
import { Mutex } from "rt/sync";
import { assertEq } from "std/assert";
import { later, runTasks } from "./bodies";

export function wrong(): void {
  let balance = 100;
  function* change(amount: number): Async<void> {
    const seen = balance;
    yield* yieldNow();
    balance = seen + amount;
  }
  runTasks(change(50), later(change(-30)));
  assertEq(balance, 120);
}

export function right(): void {
  const balance = new Mutex(100);
  let last = 0;
  function* change(amount: number): Async<void> {
    using guard = yield* balance.lock();
    const seen = guard.value;
    yield* yieldNow();
    last = guard.value = seen + amount;
  }
  runTasks(change(50), later(change(-30)));
  assertEq(last, 120);
}
