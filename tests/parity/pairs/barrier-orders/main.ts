import { Barrier, Mutex } from "std/sync";
import { scope } from "std/thread";

export function main(): void {
  const gate = new Barrier(2);
  const log = new Mutex("");
  const note = (text: string): void => {
    using guard = log.lock();
    guard.value += text;
  };
  scope((s) => {
    for (const name of ["a", "b"]) {
      s.spawn(() => {
        note(name);
        gate.wait();
        note(name.toUpperCase());
      });
    }
  });
  using guard = log.lock();
  console.log(guard.value);
}
