import { type Async, blockOn, type JoinHandle, spawn, yieldNow } from "rt";
import { oneshot, type OneshotReceiver } from "rt/sync";

export function main(): void {
  blockOn(body());
}

function* suicidal(own: OneshotReceiver<JoinHandle<string>>, waits: boolean): Async<string> {
  const handle = yield* own;
  if (handle.ok) handle.value.abort();
  console.log("still runs");
  if (waits) yield* yieldNow();
  console.log("to its end");
  return "value";
}

function* body() {
  for (const waits of [false, true]) {
    const [tx, rx] = oneshot<JoinHandle<string>>();
    const task = spawn(suicidal(rx, waits));
    tx.send(task);
    const end = yield* task;
    console.log(end.ok ? end.value : end.error);
  }
}
