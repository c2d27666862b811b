import { AtomicI32, syncChannel } from "std/sync";
import { sleep, spawn } from "std/thread";

export function main(): void {
  const [tx, rx] = syncChannel<number>(0);
  const sent = new AtomicI32(0);
  const worker = spawn(() => {
    for (const value of [1, 2]) {
      tx.send(value);
      sent.store(value);
    }
  });
  sleep(100);
  console.log(`sent ${sent.load()}`);
  console.log(`got ${rx.recv().ok}`);
  sleep(100);
  console.log(`sent ${sent.load()}`);
  console.log(`got ${rx.recv().ok}`);
  worker.join();
  console.log(`sent ${sent.load()}`);
  const end = rx.recvTimeout(5);
  console.log(end.ok ? "ok" : end.error);
}
