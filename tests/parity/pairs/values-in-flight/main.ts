import { channel, type Sender, syncChannel } from "std/sync";

export function main(): void {
  const [tx, rx] = channel<Sender<number>>();
  const [inner, innerRx] = channel<number>();
  inner.send(7);
  tx.send(inner);
  console.log(innerRx.recv().ok);
  const waiting = innerRx.tryRecv();
  console.log(waiting.ok ? "ok" : waiting.error);
  rx.drop();
  const gone = innerRx.tryRecv();
  console.log(gone.ok ? "ok" : gone.error);

  const [other, otherRx] = channel<number>();
  const refused = tx.send(other);
  console.log(refused.ok ? "ok" : refused.error);
  other.drop();
  const lost = otherRx.tryRecv();
  console.log(lost.ok ? "ok" : lost.error);

  const [bounded, boundedRx] = syncChannel<number>(1);
  console.log(bounded.send(1).ok);
  boundedRx.drop();
  const tried = bounded.trySend(2);
  console.log(tried.ok ? "ok" : tried.error);
  const sent = bounded.send(3);
  console.log(sent.ok ? "ok" : sent.error);
}
