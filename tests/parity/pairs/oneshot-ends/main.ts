import { blockOn } from "rt";
import { oneshot } from "rt/sync";

export function main(): void {
  blockOn(body());
}

function* body() {
  const [tx, rx] = oneshot<number>();
  const empty = rx.tryRecv();
  console.log(empty.ok ? "ok" : empty.error);
  console.log(tx.send(1).ok);
  const value = rx.tryRecv();
  console.log(value.ok ? `ok ${value.value}` : value.error);
  const taken = rx.tryRecv();
  console.log(taken.ok ? "ok" : taken.error);

  const [unused, waits] = oneshot<number>();
  unused.drop();
  const lost = yield* waits;
  console.log(lost.ok ? "ok" : lost.error);

  const [refused, gone] = oneshot<number>();
  console.log(refused.isClosed());
  gone.drop();
  console.log(refused.isClosed());
  yield* refused.closed();
  console.log(refused.send(2).ok);

  const [early, late] = oneshot<number>();
  early.send(3);
  const kept = yield* late;
  console.log(kept.ok ? `ok ${kept.value}` : kept.error);
}
