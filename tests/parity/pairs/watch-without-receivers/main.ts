import { watch } from "rt/sync";

export function main(): void {
  const [tx, rx] = watch("first");
  rx.drop();
  const sent = tx.send("lost");
  console.log(sent.ok ? "sent" : sent.error, tx.borrow());
  tx.sendModify(() => "modified");
  console.log(tx.borrow());
  const fresh = tx.subscribe();
  const changed = fresh.hasChanged();
  console.log(changed.ok && changed.value, fresh.borrow());
  console.log(tx.send("last").ok, fresh.borrow());
}
