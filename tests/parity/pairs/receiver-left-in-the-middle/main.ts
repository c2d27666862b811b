import { channel } from "std/sync";

export function main(): void {
  const [tx, rx] = channel<number>();
  for (const value of [1, 2, 3, 4]) tx.send(value);
  for (const value of rx) {
    console.log(`loop ${value}`);
    if (value === 2) break;
  }
  const tried: number[] = [];
  for (let next = rx.tryRecv(); next.ok; next = rx.tryRecv()) tried.push(next.value);
  console.log(`left ${tried.join(" ")}`);
  console.log(tx.send(5).ok);
  tx.drop();
  const last = rx.recvTimeout(0);
  console.log(last.ok ? `ok ${last.value}` : last.error);
  const end = rx.recvTimeout(0);
  console.log(end.ok ? `ok ${end.value}` : end.error);
}
