import { AtomicI32 } from "std/sync";
import { spawn } from "std/thread";

export function main(): void {
  const x = new AtomicI32(0);
  const y = new AtomicI32(0);
  const other = spawn(() => {
    x.store(1, "seq-cst");
    return y.load("seq-cst");
  });
  y.store(1, "seq-cst");
  const seen = x.load("seq-cst");
  console.log(seen, other.join());
}
