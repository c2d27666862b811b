import { blockOn, spawn } from "rt";
import { Mutex } from "rt/sync";
import { sleep, timeout } from "rt/time";

export function main(): void {
  blockOn(body());
}

function* body() {
  const shared = new Mutex("");
  const mine = yield* shared.lock();
  const append = function* (name: string) {
    const guard = yield* shared.lock();
    guard.value += name;
    yield* sleep(1);
    guard.unlock();
  };
  const tasks = [];
  for (const name of ["a", "b", "c"]) {
    tasks.push(spawn(append(name)));
    yield* sleep(1);
  }
  console.log(shared.tryLock().ok);
  mine.value = ">";
  mine.unlock();
  console.log(shared.tryLock().ok);
  tasks[1]!.abort();
  for (const task of tasks) yield* task;
  const guard = yield* shared.lock();
  console.log(guard.value);
  const late = yield* timeout(5, shared.lock());
  console.log(late.ok);
  guard.unlock();
  console.log(shared.tryLock().ok);
}
