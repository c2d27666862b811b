import { blockOn, spawn } from "rt";
import { channel } from "rt/sync";
import { sleep } from "rt/time";

export function main(): void {
  blockOn(body());
}

function* body() {
  const [tx, rx] = channel<string>(1);
  yield* tx.send("first");
  const full = tx.trySend("too many");
  console.log(full.ok ? "sent" : full.error);
  const own = tx.clone();
  const waiting = spawn(
    (function* () {
      const sent = yield* own.send("second");
      return sent.ok;
    })(),
  );
  yield* sleep(1);
  const first = rx.tryRecv();
  console.log(first.ok && first.value);
  const pushed = tx.trySend("pushed in");
  console.log(pushed.ok ? "sent" : pushed.error);
  yield* waiting;
  tx.drop();
  for (let next = yield* rx.recv(); next.ok; next = yield* rx.recv()) console.log(next.value);
}
