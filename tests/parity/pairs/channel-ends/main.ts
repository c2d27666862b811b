import { channel } from "std/sync";
import { spawn } from "std/thread";

export function main(): void {
  const [tx, rx] = channel<number>();
  const second = tx.clone();
  const before = rx.tryRecv();
  console.log(before.ok ? `ok ${before.value}` : before.error);
  spawn(() => {
    tx.send(1);
  }).join();
  second.send(2);
  second.drop();
  for (const value of rx) console.log(value);
  const after = rx.tryRecv();
  console.log(after.ok ? `ok ${after.value}` : after.error);
  const end = rx.recv();
  console.log(end.ok ? `ok ${end.value}` : end.error);
}
