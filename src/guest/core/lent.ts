import { type Lease, lendOne } from "./copies.ts";
import { privatesOf } from "./classes.ts";
import { isHandle } from "./handle.ts";
import { isIntrinsic } from "./intrinsics.ts";
import { isMap, isSet } from "./kinds.ts";

/** Lends `value` out to be looked at: from here on a change anywhere in it ends the run, with the lease's reason. */
export function lend(value: unknown, lease: Lease): void {
  if (typeof value !== "object" || value === null || isHandle(value) || !lendOne(value, lease)) return;
  if (isMap(value))
    Map.prototype.forEach.call(value, (item, key) => {
      lend(key, lease);
      lend(item, lease);
    });
  else if (isSet(value)) Set.prototype.forEach.call(value, (item) => lend(item, lease));
  else if (ArrayBuffer.isView(value)) return;
  for (const key of Reflect.ownKeys(value)) lend(Reflect.getOwnPropertyDescriptor(value, key)?.value, lease);
  for (
    let prototype = Object.getPrototypeOf(value) as object | null;
    prototype !== null && !isIntrinsic(prototype);
    prototype = Object.getPrototypeOf(prototype) as object | null
  )
    for (const field of privatesOf(prototype).read(value)) lend(field, lease);
}
