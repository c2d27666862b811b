import { blockOn, spawn } from "rt";
import { broadcast, type BroadcastReceiver } from "rt/sync";
import { sleep } from "rt/time";

export function main(): void {
  blockOn(body());
}

function* rest(name: string, rx: BroadcastReceiver<number>) {
  const seen = [];
  for (;;) {
    const got = yield* rx.recv();
    if (got.ok) seen.push(got.value);
    else if (got.error === "disconnected") break;
    else seen.push(`lagged ${got.error.lagged}`);
  }
  console.log(`${name}: ${seen.join(", ")}`);
}

function* body() {
  const [tx, slow] = broadcast<number>(2);
  const none = slow.tryRecv();
  console.log(none.ok ? "value" : none.error === "empty" ? "empty" : "other");
  const quick = tx.subscribe();
  const reader = spawn(rest("quick", quick));
  for (let value = 1; value <= 5; value++) {
    const sent = tx.send(value);
    console.log(sent.ok ? `seen by ${sent.value}` : sent.error);
    yield* sleep(1);
  }
  const late = slow.resubscribe();
  const first = slow.tryRecv();
  console.log(
    first.ok ? first.value : typeof first.error === "string" ? first.error : `lagged ${first.error.lagged}`,
  );
  const second = slow.tryRecv();
  console.log(second.ok ? second.value : "error");
  tx.send(6);
  tx.send(7);
  tx.drop();
  yield* rest("slow", slow);
  yield* rest("late", late);
  yield* reader;
  const over = late.tryRecv();
  console.log(over.ok ? over.value : over.error === "disconnected" ? "disconnected" : "other");
}
