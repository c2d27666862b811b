import { syncChannel } from "std/sync";
import { sleep, spawn } from "std/thread";

export function main(): void {
  const [tx, rx] = syncChannel<number>(2);
  const tried = (value: number): void => {
    const result = tx.trySend(value);
    console.log(result.ok ? `sent ${value}` : `${value}: ${result.error}`);
  };
  tried(1);
  tried(2);
  tried(3);
  const waiting = tx.clone();
  const worker = spawn(() => waiting.send(4).ok);
  sleep(10);
  console.log(worker.isFinished());
  const first = rx.recv();
  console.log(first.ok && first.value);
  console.log(worker.join());
  tried(5);
  tx.drop();
  console.log([...rx].join(" "));
}
