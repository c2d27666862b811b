import { Mutex } from "std/sync";
import { spawn } from "std/thread";

export function main(): void {
  const shared = new Mutex(1);
  const worker = spawn(() => {
    using guard = shared.lock();
    guard.value = 2;
  });
  const tried = shared.tryLock();
  console.log(tried.ok ? `locked ${tried.value.value}` : tried.error);
  if (tried.ok) tried.value.unlock();
  console.log(worker.isFinished());
  worker.join();
  console.log(worker.isFinished());
}
