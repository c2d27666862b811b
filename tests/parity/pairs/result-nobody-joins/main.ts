import { channel } from "std/sync";
import { spawn } from "std/thread";

export function main(): void {
  const [tx, rx] = channel<number>();
  spawn(() => tx);
  const got = rx.recvTimeout(1000);
  console.log(got.ok ? "value" : got.error);
}
