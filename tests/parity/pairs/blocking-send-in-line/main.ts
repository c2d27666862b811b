import { blockOn, spawn } from "rt";
import { channel } from "rt/sync";
import { spawnBlocking } from "rt/task";
import { sleep } from "rt/time";

export function main(): void {
  blockOn(body());
}

function* body() {
  const [tx, rx] = channel<string>(1);
  yield* tx.send("first");
  const own = tx.clone();
  const other = tx.clone();
  const task = spawn(
    (function* () {
      yield* own.send("the task's");
    })(),
  );
  yield* sleep(20);
  const job = spawnBlocking(() => other.blockingSend("the thread's").ok);
  yield* sleep(100);
  const pushed = tx.trySend("pushed in");
  console.log(pushed.ok ? "sent" : pushed.error);
  const first = rx.tryRecv();
  console.log(first.ok && first.value);
  const again = tx.trySend("pushed in");
  console.log(again.ok ? "sent" : again.error);
  tx.drop();
  for (let next = yield* rx.recv(); next.ok; next = yield* rx.recv()) console.log(next.value);
  yield* task;
  console.log(yield* job);
}
