import { blockOn, selectBiased, spawn } from "rt";
import { CancellationToken } from "rt/sync";
import { Instant, sleep } from "rt/time";

export function main(): void {
  blockOn(body());
}

function* body() {
  const start = Instant.now();
  const token = new CancellationToken();
  const child = token.childToken();
  const sibling = token.childToken();
  const grandchild = child.childToken();
  const show = (): void =>
    console.log(
      [token, child, sibling, grandchild].map((one) => (one.isCancelled() ? "cancelled" : "open")).join(" "),
    );
  show();
  child.cancel();
  show();
  const task = spawn(
    (function* () {
      const won = yield* selectBiased({ stop: sibling.cancelled(), work: sleep(100) });
      return `${won.branch} at ${start.elapsed()}`;
    })(),
  );
  yield* sleep(5);
  token.cancel();
  token.cancel();
  show();
  const told = yield* task;
  console.log(told.ok && told.value);
  const late = token.childToken();
  console.log(late.isCancelled());
  yield* late.cancelled();
  const guarded = new CancellationToken();
  {
    using _guard = guarded.dropGuard();
    console.log(guarded.isCancelled());
  }
  console.log(guarded.isCancelled());
  const kept = new CancellationToken();
  {
    const guard = kept.dropGuard();
    guard.disarm();
  }
  console.log(kept.isCancelled());
  const both = yield* selectBiased({ stop: token.cancelled(), work: sleep(0) });
  console.log(both.branch);
}
