import { blockOn, spawn } from "rt";
import { RwLock } from "rt/sync";
import { sleep, timeout } from "rt/time";

export function main(): void {
  blockOn(body());
}

function* body() {
  const shared = new RwLock<string[]>([]);
  const first = yield* shared.read();
  const second = shared.tryRead();
  console.log(second.ok, shared.tryWrite().ok);
  const writer = spawn(
    (function* () {
      const guard = yield* shared.write();
      guard.value.push("writer");
      guard.unlock();
    })(),
  );
  yield* sleep(1);
  console.log(shared.tryRead().ok);
  const reader = spawn(
    (function* () {
      const guard = yield* shared.read();
      const seen = guard.value.join(" ");
      guard.unlock();
      return seen;
    })(),
  );
  yield* sleep(1);
  first.unlock();
  if (second.ok) second.value.unlock();
  yield* writer;
  const seen = yield* reader;
  console.log(seen.ok && seen.value);
  const again = yield* shared.read();
  const impatient = yield* timeout(5, shared.write());
  console.log(impatient.ok);
  const more = shared.tryRead();
  console.log(more.ok);
  if (more.ok) more.value.unlock();
  again.unlock();
  console.log(shared.tryWrite().ok);
}
