import { blockOn, spawn } from "rt";
import { channel, unboundedChannel } from "rt/sync";
import { sleep } from "rt/time";

export function main(): void {
  blockOn(body());
}

function* body() {
  const [tx, rx] = channel<number>(1);
  const waiting = spawn(
    (function* () {
      const results = [];
      for (const value of [1, 2, 3]) {
        const sent = yield* tx.send(value);
        results.push(sent.ok ? "sent" : sent.error);
      }
      return results.join(" ");
    })(),
  );
  yield* sleep(5);
  rx.drop();
  const results = yield* waiting;
  console.log(results.ok && results.value);

  const [many, all] = unboundedChannel<number>();
  const second = many.clone();
  many.send(1);
  second.send(2);
  many.drop();
  spawn(
    (function* () {
      yield* sleep(10);
      second.send(3);
    })(),
  );
  for (let next = yield* all.recv(); next.ok; next = yield* all.recv()) console.log(next.value);
  const end = all.tryRecv();
  console.log(end.ok ? end.value : end.error);
}
