import { RwLock } from "std/sync";
import { sleep, spawn } from "std/thread";

export function main(): void {
  const words = new RwLock<string[]>([]);
  const first = words.read();
  const writer = spawn(() => {
    const guard = words.write();
    guard.value.push("writer");
    guard.unlock();
  });
  sleep(100);
  const second = words.tryRead();
  console.log(second.ok ? "reads past the writer" : second.error);
  const reader = spawn(() => {
    const guard = words.read();
    const seen = guard.value.join();
    guard.unlock();
    return seen;
  });
  sleep(100);
  first.unlock();
  console.log(`the reader behind saw: ${reader.join()}`);
  writer.join();
}
