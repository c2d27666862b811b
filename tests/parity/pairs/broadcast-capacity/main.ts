import { broadcast } from "rt/sync";

export function main(): void {
  const [tx, rx] = broadcast<number>(3);
  for (const value of [1, 2, 3, 4, 5]) tx.send(value);
  const got = rx.tryRecv();
  console.log(got.ok ? got.value : typeof got.error === "string" ? got.error : `lagged ${got.error.lagged}`);
}
