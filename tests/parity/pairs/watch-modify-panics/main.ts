import { panic } from "std/assert";
import { watch } from "rt/sync";

export function main(): void {
  const [tx, rx] = watch({ n: 1 });
  try {
    tx.sendModify((value) => {
      value.n = 2;
      panic("half done");
    });
  } catch {
    console.log("panicked");
  }
  const changed = rx.hasChanged();
  console.log(changed.ok && changed.value, rx.borrow().n);
}
