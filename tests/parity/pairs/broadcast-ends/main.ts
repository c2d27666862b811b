import { blockOn } from "rt";
import { broadcast } from "rt/sync";

export function main(): void {
  blockOn(body());
}

function* body() {
  const [tx, rx] = broadcast<number>(4);
  const second = tx.clone();
  console.log(tx.receiverCount());
  rx.drop();
  console.log(tx.receiverCount());
  const lost = tx.send(1);
  console.log(lost.ok ? lost.value : lost.error);
  const fresh = tx.subscribe();
  const empty = fresh.tryRecv();
  console.log(empty.ok ? empty.value : empty.error === "empty" ? "empty" : "other");
  tx.send(2);
  tx.drop();
  const one = yield* fresh.recv();
  console.log(one.ok ? one.value : "error");
  const open = fresh.tryRecv();
  console.log(open.ok ? open.value : open.error === "empty" ? "empty" : "other");
  second.drop();
  const end = yield* fresh.recv();
  console.log(end.ok ? end.value : end.error === "disconnected" ? "disconnected" : "other");
}
