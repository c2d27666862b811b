import { blockOn, spawn } from "rt";
import { Notify } from "rt/sync";
import { sleep, timeout } from "rt/time";

export function main(): void {
  blockOn(body());
}

function* body() {
  const notify = new Notify();
  const before = notify.notified();
  const unused = notify.notified();
  notify.notifyWaiters();
  const after = notify.notified();
  console.log((yield* timeout(5, before)).ok, (yield* timeout(5, after)).ok);
  unused.drop();
  const waits = function* (name: string) {
    yield* notify.notified();
    return name;
  };
  const a = spawn(waits("a"));
  const b = spawn(waits("b"));
  yield* sleep(1);
  notify.notifyOne();
  notify.notifyWaiters();
  const [first, second] = [yield* a, yield* b];
  console.log(first.ok && first.value, second.ok && second.value);
  console.log((yield* timeout(5, notify.notified())).ok);
  notify.notifyOne();
  notify.notifyWaiters();
  console.log((yield* timeout(5, notify.notified())).ok);
}
