import { channel } from "std/sync";
import { spawn } from "std/thread";

export function main(): void {
  const [tx, rx] = channel<number>();
  const worker = spawn(() => {
    tx.send(1);
  });
  const seen: string[] = [];
  for (let i = 0; i < 2; i++) {
    const got = rx.tryRecv();
    seen.push(got.ok ? `ok ${got.value}` : got.error);
  }
  console.log(seen.join(", "));
  worker.join();
}
