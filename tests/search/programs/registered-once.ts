// A future keeps its waker when it is first polled, and not when it is polled again: the second news wakes nobody.
import { type Async, type Context, Future, Poll, type Waker, yieldNow } from "rt";
import { runTasks } from "./bodies";

class Level {
  height = 0;
  waiting: Waker[] = [];

  *raise(): Async<void> {
    yield* yieldNow();
    this.height += 1;
    for (const waker of this.waiting.splice(0)) waker.wake();
  }
}

class Reached extends Future<void> {
  readonly #level: Level;
  readonly #height: number;
  readonly #keepsEvery: boolean;
  #isKept = false;

  constructor(level: Level, height: number, keepsEvery: boolean) {
    super();
    this.#level = level;
    this.#height = height;
    this.#keepsEvery = keepsEvery;
  }

  override poll({ waker }: Context): Poll<void> {
    if (this.#level.height >= this.#height) return Poll.ready(undefined);
    if (this.#keepsEvery || !this.#isKept) this.#level.waiting.push(waker);
    this.#isKept = true;
    return Poll.pending;
  }
}

function awaitTwo(keepsEvery: boolean): void {
  const level = new Level();
  function* wait(): Async<void> {
    yield* new Reached(level, 2, keepsEvery);
  }
  runTasks(wait(), level.raise(), level.raise());
}

export function wrong(): void {
  awaitTwo(false);
}

export function right(): void {
  awaitTwo(true);
}
