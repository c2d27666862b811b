import { type Async, blockOn, type JoinHandle, spawn } from "rt";
import { Instant, sleep } from "rt/time";
import { sleep as block } from "std/thread";

export function main(): void {
  const start = Instant.now();
  const task = blockOn(
    (function* (): Async<JoinHandle<string>> {
      const handle = spawn(
        (function* () {
          console.log("first poll");
          yield* sleep(10);
          return "second poll";
        })(),
      );
      yield* sleep(1);
      return handle;
    })(),
  );
  block(20);
  console.log(`finished meanwhile: ${task.isFinished()}`);
  const told = blockOn(task);
  console.log(told.ok ? told.value : told.error, start.elapsed() >= 20);
}
