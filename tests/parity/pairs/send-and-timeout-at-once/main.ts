import { blockOn, join, spawn } from "rt";
import { channel } from "rt/sync";
import { sleep, timeout } from "rt/time";

export function main(): void {
  blockOn(body());
}

function* body() {
  const [tx, rx] = channel<number>(1);
  const sender = spawn(
    (function* () {
      yield* sleep(10);
      yield* tx.send(1);
      yield* sleep(10);
    })(),
  );
  const receiver = spawn(
    (function* () {
      const got = yield* timeout(10, rx.recv());
      yield* sleep(10);
      return got.ok ? "in time" : got.error;
    })(),
  );
  const [, told] = yield* join(sender, receiver);
  console.log(told.ok && told.value);
}
