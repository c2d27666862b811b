import { AtomicI32 } from "std/sync";
import { scope } from "std/thread";

export function main(): void {
  const count = new AtomicI32(0);
  scope((s) => {
    for (let i = 0; i < 2; i++) {
      s.spawn(() => {
        for (let n = 0; n < 2; n++) count.store(count.load() + 1);
      });
    }
  });
  console.log(count.load());
}
