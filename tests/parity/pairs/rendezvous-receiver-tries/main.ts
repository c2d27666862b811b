import { AtomicBool, syncChannel } from "std/sync";
import { spawn } from "std/thread";

export function main(): void {
  const [tx, rx] = syncChannel<number>(0);
  const comes = new AtomicBool(false);
  const worker = spawn(() => {
    comes.store(true);
    tx.send(1);
  });
  const seen = comes.load();
  const tried = rx.tryRecv();
  if (!tried.ok) rx.recv();
  console.log(`${seen ? "comes" : "not seen"}, ${tried.ok ? "received" : tried.error}`);
  worker.join();
}
