import { Barrier, RwLock } from "std/sync";
import { scope } from "std/thread";

export function main(): void {
  const shared = new RwLock({ n: 1 });
  const inside = new Barrier(3);
  const log = scope((s) => {
    const readers = [1, 2].map(() =>
      s.spawn(() => {
        const guard = shared.read();
        const { n } = guard.value;
        inside.wait();
        guard.unlock();
        return n;
      }),
    );
    const writer = s.spawn(() => {
      inside.wait();
      const guard = shared.write();
      guard.value.n += 1;
      guard.unlock();
    });
    writer.join();
    return readers.map((reader) => reader.join());
  });
  console.log(log.join(" "), shared.read().value.n);
}
