// A reader of two cells looks at the version before it reads, and not after: half of what it has is old.
import { assertEq } from "std/assert";
import { AtomicI32, SharedCell } from "std/sync";
import { runThreads } from "./bodies";

function readWhileWritten(looksAgain: boolean): void {
  const [version, x, y] = [new AtomicI32(0), new SharedCell(0), new SharedCell(0)];
  const write = () => {
    version.fetchAdd(1);
    x.set(1);
    y.set(1);
    version.fetchAdd(1);
  };
  const read = () => {
    const before = version.load();
    const seen = [x.get(), y.get()] as const;
    if (before % 2 === 1 || (looksAgain && version.load() !== before)) return;
    assertEq(seen[0], seen[1]);
  };
  runThreads(write, read);
}

export function wrong(): void {
  readWhileWritten(false);
}

export function right(): void {
  readWhileWritten(true);
}
