import { panic } from "std/assert";
import { blockOn, type JoinHandle, spawn } from "rt";
import { channel } from "rt/sync";
import { sleep } from "rt/time";
import { spawn as startThread } from "std/thread";

export function main(): void {
  const [tx, rx] = channel<JoinHandle<number>>(3);
  const thread = startThread(() =>
    blockOn(
      (function* () {
        const work = function* (ms: number, fails: boolean) {
          yield* sleep(ms);
          return fails ? panic("no") : ms;
        };
        yield* tx.send(spawn(work(10, false)));
        yield* tx.send(spawn(work(10, true)));
        yield* tx.send(spawn(work(10_000, false)));
        tx.drop();
        yield* sleep(200);
        return "the other thread ends";
      })(),
    ),
  );
  blockOn(
    (function* () {
      for (let next = yield* rx.recv(), aborts = 0; next.ok; next = yield* rx.recv(), aborts++) {
        if (aborts === 2) next.value.abort();
        try {
          const told = yield* next.value;
          console.log(told.ok ? told.value : told.error);
        } catch (error) {
          console.log(`panicked: ${(error as Error).message}`);
        }
      }
    })(),
  );
  console.log(thread.join());
}
