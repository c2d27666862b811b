import { panic } from "std/assert";
import { Mutex } from "std/sync";
import { spawn } from "std/thread";

export function main(): void {
  const shared = new Mutex(1);
  const worker = spawn(() => {
    using guard = shared.lock();
    guard.value = 2;
    panic("half done");
  });
  try {
    worker.join();
  } catch {
    console.log("the thread panicked");
  }
  console.log(`poisoned: ${shared.isPoisoned()}`);
}
