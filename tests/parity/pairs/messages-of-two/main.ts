import { channel } from "std/sync";
import { spawn } from "std/thread";

export function main(): void {
  const [tx, rx] = channel<string>();
  for (const name of ["a", "b"]) {
    const own = tx.clone();
    spawn(() => {
      own.send(`${name}1`);
      own.send(`${name}2`);
    });
  }
  tx.drop();
  console.log([...rx].join(" "));
}
