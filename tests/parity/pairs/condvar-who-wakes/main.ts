import { Condvar, Mutex } from "std/sync";
import { spawn, yieldNow } from "std/thread";

export function main(): void {
  const state = new Mutex({ tokens: 0, woken: "" });
  const changed = new Condvar();
  const threads = ["a", "b"].map((name) =>
    spawn(() => {
      using guard = state.lock();
      while (guard.value.tokens === 0) changed.wait(guard);
      guard.value.tokens -= 1;
      guard.value.woken += name;
    }),
  );
  yieldNow();
  for (let i = 0; i < 2; i++) {
    using guard = state.lock();
    guard.value.tokens += 1;
    changed.notifyOne();
  }
  for (const thread of threads) thread.join();
  using guard = state.lock();
  console.log(guard.value.woken);
}
