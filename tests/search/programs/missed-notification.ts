// A task looks at a flag and then awaits the news of it; the news comes in between, and nobody hears it.
import { type Async, yieldNow } from "rt";
import { Notify } from "rt/sync";
import { runTasks } from "./bodies";

class Door {
  isOpen = false;
  readonly changed = new Notify();

  *open(): Async<void> {
    yield* yieldNow();
    this.isOpen = true;
    this.changed.notifyWaiters();
  }
}

function* log(): Async<void> {
  yield* yieldNow();
}

export function wrong(): void {
  const door = new Door();
  function* wait(): Async<void> {
    if (door.isOpen) return;
    yield* log();
    yield* door.changed.notified();
  }
  runTasks(wait(), door.open());
}

export function right(): void {
  const door = new Door();
  function* wait(): Async<void> {
    const changed = door.changed.notified();
    if (door.isOpen) return changed.drop();
    yield* log();
    yield* changed;
  }
  runTasks(wait(), door.open());
}
