import { type Async, blockOn, selectBiased, spawn } from "rt";
import { unboundedChannel } from "rt/sync";
import { sleep } from "rt/time";

export function main(): void {
  blockOn(body());
}

function* ready(value: string): Async<string> {
  return value;
}

function* body() {
  const order = [];
  for (let i = 0; i < 5; i++) {
    const won = yield* selectBiased({ a: ready("a"), b: ready("b") });
    order.push(won.value);
  }
  console.log(order.join(""));
  const [busy, work] = unboundedChannel<number>();
  const [urgent, stop] = unboundedChannel<string>();
  spawn(
    (function* () {
      for (let i = 0; i < 5; i++) busy.send(i);
      urgent.send("stop");
      yield* sleep(1);
    })(),
  );
  let done = 0;
  for (;;) {
    const won = yield* selectBiased({ work: work.recv(), stop: stop.recv() });
    if (won.branch === "stop") break;
    if (!won.value.ok) break;
    done += 1;
  }
  console.log(`stopped after ${done}`);
}
