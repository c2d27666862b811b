import { Barrier, Mutex, RwLock } from "std/sync";
import { spawn } from "std/thread";

export function main(): void {
  const mutex = new Mutex(0);
  const rwLock = new RwLock(0);
  const held = new Barrier(2);
  const free = new Barrier(2);
  const holder = spawn(() => {
    const guard = mutex.lock();
    const reader = rwLock.read();
    held.wait();
    free.wait();
    guard.unlock();
    reader.unlock();
  });
  held.wait();
  const locked = mutex.tryLock();
  console.log(locked.ok ? "locked" : locked.error);
  const read = rwLock.tryRead();
  console.log(read.ok ? "reads" : read.error);
  if (read.ok) read.value.unlock();
  const write = rwLock.tryWrite();
  console.log(write.ok ? "writes" : write.error);
  free.wait();
  holder.join();
  const again = mutex.tryLock();
  console.log(again.ok ? "locked" : again.error);
  const writer = rwLock.tryWrite();
  const second = rwLock.tryWrite();
  const reader = rwLock.tryRead();
  console.log(writer.ok, second.ok, reader.ok);
}
