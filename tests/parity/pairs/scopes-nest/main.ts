import { AtomicI32, Mutex } from "std/sync";
import { scope, sleep } from "std/thread";

export function main(): void {
  const log = new Mutex<string[]>([]);
  const done = new AtomicI32(0);
  const note = (text: string): void => {
    using guard = log.lock();
    guard.value.push(text);
  };
  const sum = scope((s) => {
    const outer = s.spawn(() => {
      const inner = s.spawn(() => {
        sleep(50);
        note("inner");
        done.fetchAdd(1);
        return 2;
      });
      note("outer");
      return inner;
    });
    const inner = outer.join();
    note("joined the outer");
    return inner.join() + 1;
  });
  note(`sum ${sum}`);
  scope((s) => {
    s.spawn(() => {
      scope((t) => {
        t.spawn(() => {
          sleep(20);
          done.fetchAdd(1);
        });
      });
      note(`a scope in a thread: ${done.load()}`);
    });
  });
  using guard = log.lock();
  console.log(guard.value.join("\n"));
}
