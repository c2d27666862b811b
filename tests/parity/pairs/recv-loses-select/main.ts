import { blockOn, selectBiased, spawn } from "rt";
import { channel } from "rt/sync";
import { sleep } from "rt/time";

export function main(): void {
  blockOn(body());
}

function* body() {
  const [tx, rx] = channel<number>(4);
  spawn(
    (function* () {
      for (const value of [1, 2, 3]) {
        yield* sleep(15);
        yield* tx.send(value);
      }
    })(),
  );
  for (;;) {
    const won = yield* selectBiased({ tick: sleep(10), value: rx.recv() });
    if (won.branch === "tick") console.log("tick");
    else if (won.value.ok) console.log(won.value.value);
    else break;
  }
  console.log("end");
}
