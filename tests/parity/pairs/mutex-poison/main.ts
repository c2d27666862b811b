import { panic } from "std/assert";
import { Mutex } from "std/sync";
import { spawn } from "std/thread";

const nameOf = (error: unknown): string => (error as Error).name;

export function main(): void {
  const shared = new Mutex(1);
  const worker = spawn(() => {
    const guard = shared.lock();
    guard.value = 2;
    panic("half done");
  });
  try {
    worker.join();
  } catch (error) {
    console.log(`the thread panicked: ${(error as Error).message}`);
  }
  console.log(`poisoned: ${shared.isPoisoned()}`);
  try {
    shared.lock();
  } catch (error) {
    console.log(`lock: ${nameOf(error)}`);
  }
  try {
    shared.tryLock();
  } catch (error) {
    console.log(`tryLock: ${nameOf(error)}`);
  }
  using guard = shared.lock({ ignorePoison: true });
  console.log(`value: ${guard.value}`);
  console.log(`still poisoned: ${shared.isPoisoned()}`);
}
