// Two owners let go of an object; each looks at the count after it has lowered it, and both see zero.
import { assertEq } from "std/assert";
import { AtomicI32 } from "std/sync";
import { runThreads } from "./bodies";

function release(isLast: (owners: AtomicI32) => boolean): void {
  const [owners, freed] = [new AtomicI32(2), new AtomicI32(0)];
  const letGo = () => {
    if (isLast(owners)) freed.fetchAdd(1);
  };
  runThreads(letGo, letGo);
  assertEq(freed.load(), 1);
}

export function wrong(): void {
  release((owners) => {
    owners.fetchSub(1);
    return owners.load() === 0;
  });
}

export function right(): void {
  release((owners) => owners.fetchSub(1) === 1);
}
