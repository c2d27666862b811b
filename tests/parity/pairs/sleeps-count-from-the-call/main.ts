import { blockOn, join, joinAll } from "rt";
import { Instant, sleep, sleepUntil, timeoutAt } from "rt/time";

export function main(): void {
  blockOn(body());
}

function* body() {
  const start = Instant.now();
  const at = (): number => start.elapsed();
  const nap = sleep(10);
  yield* sleep(30);
  yield* nap;
  console.log(`past already: ${at()}`);
  yield* sleepUntil(start);
  console.log(`before the beginning: ${at()}`);
  yield* join(sleep(10), sleep(30), sleep(20));
  console.log(`together: ${at()}`);
  const cut = yield* timeoutAt(start.add(50), sleep(100));
  console.log(`a deadline that is past: ${cut.ok} ${at()}`);
  yield* sleep(0);
  console.log(`nothing: ${at()}`);
  yield* joinAll([]);
  console.log(`nobody: ${at()}`);
}
