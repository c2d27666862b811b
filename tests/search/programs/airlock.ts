// A monitor reads two doors one after the other and sees both open, which they never are at once.
import { assert } from "std/assert";
import { Mutex, SharedCell } from "std/sync";
import { runThreads } from "./bodies";

function passThrough(withDoors: (look: () => void) => void): void {
  const [inner, outer] = [new SharedCell(false), new SharedCell(false)];
  const pass = () => {
    for (const door of [inner, outer]) for (const isOpen of [true, false]) withDoors(() => door.set(isOpen));
  };
  const watch = () => withDoors(() => assert(!(inner.get() && outer.get()), "both doors are open"));
  runThreads(pass, watch);
}

export function wrong(): void {
  passThrough((look) => look());
}

export function right(): void {
  const doors = new Mutex(0);
  passThrough((look) => {
    using _guard = doors.lock();
    look();
  });
}
