import { syncChannel } from "std/sync";
import { sleep, spawn } from "std/thread";

export function main(): void {
  const [tx, rx] = syncChannel<number>(0);
  const alone = tx.trySend(0);
  console.log(alone.ok ? "ok" : alone.error);
  const worker = spawn(() => {
    for (const value of [1, 2, 3]) tx.send(value);
    sleep(100);
    const tried = tx.trySend(4);
    return tried.ok ? "taken at once" : tried.error;
  });
  sleep(100);
  const first = rx.tryRecv();
  console.log(first.ok ? `ok ${first.value}` : first.error);
  sleep(100);
  const second = rx.recvTimeout(0);
  console.log(second.ok ? `ok ${second.value}` : second.error);
  for (let i = 0; i < 3; i++) {
    const next = rx.recv();
    console.log(next.ok ? `ok ${next.value}` : next.error);
  }
  console.log(worker.join());
}
