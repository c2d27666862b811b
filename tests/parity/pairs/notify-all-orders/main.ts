import { Condvar, Mutex } from "std/sync";
import { scope } from "std/thread";

export function main(): void {
  const state = new Mutex({ open: false, order: "" });
  const opened = new Condvar();
  scope((s) => {
    for (const name of ["a", "b"]) {
      s.spawn(() => {
        using guard = state.lock();
        opened.waitWhile(guard, (value) => !value.open);
        guard.value.order += name;
      });
    }
    using guard = state.lock();
    guard.value.open = true;
    guard.value.order += "!";
    opened.notifyAll();
  });
  using guard = state.lock();
  console.log(guard.value.order);
}
