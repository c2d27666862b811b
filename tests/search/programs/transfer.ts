// Two threads lock two accounts in opposite orders.
import { Mutex } from "std/sync";
import { runThreads } from "./bodies";

function move(first: Mutex<number>, second: Mutex<number>): void {
  using one = first.lock();
  using two = second.lock();
  [one.value, two.value] = [two.value, one.value];
}

export function wrong(): void {
  const [a, b] = [new Mutex(1), new Mutex(2)];
  runThreads(
    () => move(a, b),
    () => move(b, a),
  );
}

export function right(): void {
  const [a, b] = [new Mutex(1), new Mutex(2)];
  runThreads(
    () => move(a, b),
    () => move(a, b),
  );
}
