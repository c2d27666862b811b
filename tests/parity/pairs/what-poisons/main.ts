import { panic } from "std/assert";
import { Mutex, RwLock } from "std/sync";
import { spawn } from "std/thread";

function ends(body: () => void): void {
  try {
    spawn(body).join();
  } catch {
    // Whether it poisoned anything is asked for afterwards.
  }
}

export function main(): void {
  const mutex = new Mutex(0);
  ends(() => {
    const guard = mutex.lock();
    guard.unlock();
    panic("after");
  });
  console.log(`a panic after the unlock: ${mutex.isPoisoned()}`);
  const rwLock = new RwLock(0);
  ends(() => {
    rwLock.read();
    panic("reading");
  });
  console.log(`a panic of a reader: ${rwLock.isPoisoned()}`);
  ends(() => {
    const guard = rwLock.write();
    guard.value = 5;
    panic("writing");
  });
  console.log(`a panic of a writer: ${rwLock.isPoisoned()}`);
  let refused = "reads";
  try {
    rwLock.read();
  } catch (error) {
    refused = (error as Error).name;
  }
  console.log(refused);
  console.log(rwLock.read({ ignorePoison: true }).value);
}
