// A thread uses what another has still to make.
import { assertEq } from "std/assert";
import { Condvar, Mutex } from "std/sync";
import { runThreads } from "./bodies";

function useMade(waits: boolean): void {
  const [thing, made] = [new Mutex(""), new Condvar()];
  const make = () => {
    using guard = thing.lock();
    guard.value = "made";
    made.notifyAll();
  };
  const use = () => {
    using guard = thing.lock();
    if (waits) made.waitWhile(guard, (value) => value === "");
    assertEq(guard.value, "made");
  };
  runThreads(make, use);
}

export function wrong(): void {
  useMade(false);
}

export function right(): void {
  useMade(true);
}
