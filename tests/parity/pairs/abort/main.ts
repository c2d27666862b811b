import { type Async, blockOn, spawn } from "rt";
import { Instant, sleep } from "rt/time";

export function main(): void {
  blockOn(body());
}

const start = Instant.now();

function noted(name: string): Disposable {
  return { [Symbol.dispose]: () => console.log(`${name} dropped at ${start.elapsed()}`) };
}

function* inner(): Async<void> {
  using _third = noted("third");
  yield* sleep(100);
}

function* outer(): Async<void> {
  using _first = noted("first");
  using _second = noted("second");
  yield* inner();
}

function* body() {
  const task = spawn(outer());
  yield* sleep(5);
  task.abort();
  console.log(`asked, finished: ${task.isFinished()}`);
  const end = yield* task;
  console.log(end.ok ? "ended" : end.error);

  const quick = spawn(
    (function* () {
      return 7;
    })(),
  );
  yield* sleep(1);
  quick.abort();
  const kept = yield* quick;
  console.log(kept.ok ? `too late: ${kept.value}` : kept.error);

  const twice = spawn(outer());
  yield* sleep(1);
  twice.abort();
  twice.abort();
  yield* sleep(1);
  console.log(`finished: ${twice.isFinished()}`);
  twice.abort();
  const again = yield* twice;
  console.log(again.ok ? "ended" : again.error);
}
