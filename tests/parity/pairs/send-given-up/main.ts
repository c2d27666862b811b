import { blockOn, spawn } from "rt";
import { channel } from "rt/sync";
import { sleep, timeout } from "rt/time";

export function main(): void {
  blockOn(body());
}

function* body() {
  const [tx, rx] = channel<string>(1);
  yield* tx.send("first");
  const impatient = tx.clone();
  const patient = tx.clone();
  const gaveUp = spawn(
    (function* () {
      const sent = yield* timeout(5, impatient.send("given up"));
      return sent.ok ? "sent" : sent.error;
    })(),
  );
  yield* sleep(1);
  const sent = spawn(
    (function* () {
      const result = yield* patient.send("behind it");
      return result.ok ? "sent" : result.error;
    })(),
  );
  yield* sleep(10);
  const one = yield* rx.recv();
  console.log(one.ok && one.value);
  const outcomes = [yield* gaveUp, yield* sent];
  for (const outcome of outcomes) console.log(outcome.ok && outcome.value);
  const two = yield* rx.recv();
  console.log(two.ok && two.value);
  const none = rx.tryRecv();
  console.log(none.ok ? none.value : none.error);
}
