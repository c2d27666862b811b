// Two threads change a balance; each writes what it has read before.
import { assertEq } from "std/assert";
import { Mutex, SharedCell } from "std/sync";
import { runThreads } from "./bodies";

export function wrong(): void {
  const balance = new SharedCell(100);
  const change = (amount: number) => () => balance.set(balance.get() + amount);
  runThreads(change(50), change(-30));
  assertEq(balance.get(), 120);
}

export function right(): void {
  const balance = new Mutex(100);
  const change = (amount: number) => () => {
    using guard = balance.lock();
    guard.value += amount;
  };
  runThreads(change(50), change(-30));
  assertEq(balance.lock().value, 120);
}
