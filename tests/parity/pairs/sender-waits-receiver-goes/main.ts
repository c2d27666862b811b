import { channel, syncChannel } from "std/sync";
import { sleep, spawn } from "std/thread";

export function main(): void {
  const [tx, rx] = syncChannel<number>(1);
  const [told, tell] = channel<string>();
  const worker = spawn(() => {
    told.send(tx.send(1).ok ? "first is in" : "first is lost");
    const second = tx.send(2);
    return second.ok ? "second is in" : second.error;
  });
  for (const word of [tell.recv()]) console.log(word.ok ? word.value : word.error);
  sleep(5);
  rx.drop();
  console.log(worker.join());
}
