// Two requests are under way, and whichever reply comes last is shown, though the other was asked for later.
import { type Async, yieldNow } from "rt";
import { assertEq } from "std/assert";
import { runTasks } from "./bodies";

function search(isShown: (asked: number, newest: number) => boolean): void {
  let [newest, shown] = [0, 0];
  function* ask(): Async<void> {
    const asked = ++newest;
    yield* yieldNow();
    if (isShown(asked, newest)) shown = asked;
  }
  runTasks(ask(), ask());
  assertEq(shown, newest);
}

export function wrong(): void {
  search(() => true);
}

export function right(): void {
  search((asked, newest) => asked === newest);
}
