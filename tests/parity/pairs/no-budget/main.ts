import { type Async, blockOn, join, spawn } from "rt";
import { unboundedChannel } from "rt/sync";

export function main(): void {
  blockOn(body());
}

function* body(): Async<void> {
  const [tx, rx] = unboundedChannel<number>();
  for (let i = 0; i < 200; i++) tx.send(i);
  tx.drop();
  let received = 0;
  const reader = spawn(
    (function* (): Async<void> {
      for (let next = yield* rx.recv(); next.ok; next = yield* rx.recv()) received += 1;
    })(),
  );
  const onlooker = spawn(
    (function* (): Async<void> {
      console.log(received === 0 || received === 200 ? "all at once" : `between, after ${received}`);
    })(),
  );
  yield* join(reader, onlooker);
}
