import { blockOn, spawn } from "rt";
import { Notify } from "rt/sync";
import { sleep, timeout } from "rt/time";

export function main(): void {
  blockOn(body());
}

function* body() {
  const notify = new Notify();
  notify.notifyOne();
  notify.notifyOne();
  console.log((yield* timeout(5, notify.notified())).ok);
  console.log((yield* timeout(5, notify.notified())).ok);

  const order: string[] = [];
  const wait = function* (name: string) {
    yield* notify.notified();
    order.push(name);
  };
  const tasks = [];
  for (const name of ["a", "b", "c"]) {
    tasks.push(spawn(wait(name)));
    yield* sleep(1);
  }
  notify.notifyOne();
  yield* tasks[0]!;
  console.log(order.join(""));
  tasks[1]!.abort();
  notify.notifyOne();
  yield* tasks[1]!;
  yield* tasks[2]!;
  console.log(order.join(""));
  const made = notify.notified();
  notify.notifyOne();
  const second = notify.notified();
  console.log((yield* timeout(5, second)).ok, (yield* timeout(5, made)).ok);
}
