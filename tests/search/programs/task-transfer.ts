// Two tasks lock two accounts in opposite orders.
import { type Async, yieldNow } from "rt";
import { Mutex } from "rt/sync";
import { later, runTasks } from "./bodies";

function* move(first: Mutex<number>, second: Mutex<number>): Async<void> {
  using one = yield* first.lock();
  yield* yieldNow();
  using two = yield* second.lock();
  [one.value, two.value] = [two.value, one.value];
}

export function wrong(): void {
  const [a, b] = [new Mutex(1), new Mutex(2)];
  runTasks(move(a, b), later(move(b, a)));
}

export function right(): void {
  const [a, b] = [new Mutex(1), new Mutex(2)];
  runTasks(move(a, b), later(move(a, b)));
}
