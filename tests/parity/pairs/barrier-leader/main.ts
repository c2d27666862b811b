import { AtomicI32, Barrier } from "std/sync";
import { scope } from "std/thread";

export function main(): void {
  const gate = new Barrier(2);
  const arrived = new AtomicI32(0);
  const leaders = new AtomicI32(0);
  for (let round = 1; round <= 2; round++) {
    scope((s) => {
      for (let i = 0; i < 2; i++) {
        s.spawn(() => {
          arrived.fetchAdd(1);
          if (gate.wait().isLeader) leaders.fetchAdd(1);
          if (arrived.load() !== 2 * round) console.log("too early");
        });
      }
    });
    console.log(`round ${round}: ${leaders.load()} leaders`);
  }
  console.log(`alone: ${new Barrier(1).wait().isLeader}`);
}
