import { channel } from "std/sync";
import { sleep, spawn } from "std/thread";

export function main(): void {
  const [tx, rx] = channel<number>();
  const show = (ms: number): void => {
    const got = rx.recvTimeout(ms);
    console.log(got.ok ? `ok ${got.value}` : got.error);
  };
  show(5);
  show(0);
  tx.send(1);
  tx.send(2);
  show(0);
  const late = tx.clone();
  const worker = spawn(() => {
    sleep(10);
    late.send(3);
  });
  tx.drop();
  show(1000);
  show(1000);
  show(1000);
  show(0);
  worker.join();
}
