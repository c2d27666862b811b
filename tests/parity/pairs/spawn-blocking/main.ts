import { panic } from "std/assert";
import { blockOn, join, yieldNow } from "rt";
import { channel } from "rt/sync";
import { spawnBlocking } from "rt/task";
import { timeout } from "rt/time";
import { sleep as block } from "std/thread";

export function main(): void {
  blockOn(body());
}

function* body() {
  const [tx, rx] = channel<number>(1);
  const [answer, passed] = yield* join(
    spawnBlocking(() => {
      block(5);
      for (const value of [1, 2, 3]) tx.blockingSend(value);
      return "the job is done";
    }),
    (function* () {
      let sum = 0;
      for (let next = yield* rx.recv(); next.ok; next = yield* rx.recv()) sum += next.value;
      return sum;
    })(),
  );
  console.log(answer, passed);
  try {
    yield* spawnBlocking(() => panic("no"));
  } catch (error) {
    console.log(`panicked: ${(error as Error).message}`);
  }
  const [back, results] = channel<string>(1);
  const dropped = spawnBlocking(() => {
    block(20);
    back.blockingSend("it ran to its end");
  });
  yield* yieldNow();
  dropped.drop();
  const told = yield* timeout(2000, results.recv());
  console.log(told.ok && told.value.ok && told.value.value);
}
