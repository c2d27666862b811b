import { AtomicBool, syncChannel } from "std/sync";
import { spawn } from "std/thread";

export function main(): void {
  const [tx, rx] = syncChannel<number>(0);
  const comes = new AtomicBool(false);
  const worker = spawn(() => {
    comes.store(true);
    rx.recv();
  });
  const seen = comes.load();
  const tried = tx.trySend(1);
  if (!tried.ok) tx.send(1);
  console.log(`${seen ? "comes" : "not seen"}, ${tried.ok ? "sent" : tried.error}`);
  worker.join();
}
