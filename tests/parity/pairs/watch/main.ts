import { blockOn, spawn } from "rt";
import { watch } from "rt/sync";
import { sleep, timeout } from "rt/time";

export function main(): void {
  blockOn(body());
}

function* body() {
  const [tx, rx] = watch(0);
  const unseen = rx.hasChanged();
  console.log(unseen.ok ? unseen.value : unseen.error);
  tx.send(1);
  tx.send(2);
  const other = rx.clone();
  const fresh = tx.subscribe();
  console.log((yield* rx.changed()).ok, rx.borrow());
  console.log((yield* timeout(5, rx.changed())).ok);
  console.log((yield* timeout(5, other.changed())).ok, (yield* timeout(5, fresh.changed())).ok);
  tx.send(3);
  console.log(rx.borrow());
  const still = rx.hasChanged();
  console.log(still.ok && still.value);
  console.log(rx.borrowAndUpdate());
  const seen = rx.hasChanged();
  console.log(seen.ok && seen.value);
  spawn(
    (function* () {
      yield* sleep(5);
      tx.send(4);
      tx.drop();
    })(),
  );
  const last = yield* rx.changed();
  console.log(last.ok ? "changed" : last.error, rx.borrow());
  const closed = other.hasChanged();
  console.log(closed.ok ? closed.value : closed.error);
  const late = yield* other.changed();
  console.log(late.ok ? "changed" : late.error);
  const end = yield* rx.changed();
  console.log(end.ok ? "changed" : end.error, rx.borrow());
}
