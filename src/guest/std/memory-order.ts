/**
 * How accesses to other memory may be moved around an atomic one.
 * @rust std::sync::atomic::Ordering
 * @differs Accepted and checked as Rust does, and without any effect: every access here is sequentially consistent,
 * the strongest order.
 */
export type MemoryOrder = "relaxed" | "acquire" | "release" | "acq-rel" | "seq-cst";

/**
 * Orders of an access that only reads.
 * @rust std::sync::atomic::Ordering
 */
export type LoadOrder = "relaxed" | "acquire" | "seq-cst";

/**
 * Orders of an access that only writes.
 * @rust std::sync::atomic::Ordering
 */
export type StoreOrder = "relaxed" | "release" | "seq-cst";

const LOAD = ["relaxed", "acquire", "seq-cst"];
const STORE = ["relaxed", "release", "seq-cst"];
const CHANGE = ["relaxed", "acquire", "release", "acq-rel", "seq-cst"];

export function checkLoadOrder(order: string | undefined): void {
  if (order !== undefined && !LOAD.includes(order)) refuse("load", order, LOAD, "a load writes nothing");
}

export function checkStoreOrder(order: string | undefined): void {
  if (order !== undefined && !STORE.includes(order)) refuse("store", order, STORE, "a store reads nothing");
}

export function checkOrder(order: string | undefined, method: string): void {
  if (order !== undefined && !CHANGE.includes(order)) refuse(method, order, CHANGE, "");
}

function refuse(method: string, order: unknown, allowed: readonly string[], because: string): never {
  const reason = CHANGE.includes(String(order)) ? `: ${because}` : "";
  const list = allowed.map((name) => `"${name}"`);
  throw new TypeError(
    `\`${method}\` has no memory order "${String(order)}"${reason}. Give ${list.slice(0, -1).join(", ")} or ${list.at(-1)}, or none at all.`,
  );
}
