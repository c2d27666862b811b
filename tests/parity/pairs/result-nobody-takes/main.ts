import { type Async, blockOn, spawn } from "rt";
import { channel, type Sender } from "rt/sync";
import { timeout } from "rt/time";

export function main(): void {
  blockOn(body());
}

function* keep(tx: Sender<number>): Async<Sender<number>> {
  return tx;
}

function* body(): Async<void> {
  const [tx, rx] = channel<number>(1);
  spawn(keep(tx));
  const got = yield* timeout(10, rx.recv());
  console.log(got.ok ? (got.value.ok ? "value" : got.value.error) : got.error);
}
