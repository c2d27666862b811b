// Double-checked initialisation tells that the value is there before it is.
import { assert } from "std/assert";
import { AtomicBool, Mutex, SharedCell } from "std/sync";
import { runThreads } from "./bodies";

function getTwice(init: (ready: AtomicBool, config: SharedCell<string>) => void): void {
  const [ready, config, lock] = [new AtomicBool(false), new SharedCell(""), new Mutex(0)];
  const use = () => {
    if (!ready.load()) {
      using _guard = lock.lock();
      if (!ready.load()) init(ready, config);
    }
    assert(config.get() !== "", "used before it was made");
  };
  runThreads(use, use);
}

export function wrong(): void {
  getTwice((ready, config) => {
    ready.store(true);
    config.set("made");
  });
}

export function right(): void {
  getTwice((ready, config) => {
    config.set("made");
    ready.store(true);
  });
}
