import { AtomicBool, AtomicI32 } from "std/sync";

export function main(): void {
  const n = new AtomicI32(2147483647);
  console.log(n.fetchAdd(1), n.load());
  console.log(n.fetchSub(1), n.load());
  n.store(12);
  console.log(n.fetchMax(20), n.fetchMin(5), n.load());
  console.log(n.fetchAnd(6), n.fetchOr(9), n.fetchXor(-1), n.load());
  console.log(n.swap(3), n.load());
  const wrong = n.compareExchange(4, 5);
  console.log(wrong.ok ? `ok ${wrong.value}` : `error ${wrong.error}`);
  const right = n.compareExchange(3, 5);
  console.log(right.ok ? `ok ${right.value}` : `error ${right.error}`, n.load());
  const flag = new AtomicBool(false);
  console.log(flag.swap(true), flag.load());
  const set = flag.compareExchange(false, true);
  console.log(set.ok ? `ok ${set.value}` : `error ${set.error}`);
}
