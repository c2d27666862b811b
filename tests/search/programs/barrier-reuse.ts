// A barrier for several rounds: who is first in the next round is taken for one of the last.
import { Condvar, Mutex } from "std/sync";
import { runThreads } from "./bodies";

const [THREADS, ROUNDS] = [2, 2];

interface State {
  waiting: number;
  round: number;
}

function meet(isOver: (now: State, mine: number) => boolean): void {
  const state = new Mutex<State>({ waiting: 0, round: 0 });
  const changed = new Condvar();
  const arrive = () => {
    using guard = state.lock();
    const mine = guard.value.round;
    guard.value.waiting += 1;
    if (guard.value.waiting === THREADS) {
      guard.value.waiting = 0;
      guard.value.round += 1;
      changed.notifyAll();
    } else changed.waitWhile(guard, (now) => !isOver(now, mine));
  };
  const work = () => {
    for (let round = 0; round < ROUNDS; round++) arrive();
  };
  runThreads(...Array.from({ length: THREADS }, () => work));
}

export function wrong(): void {
  meet((now) => now.waiting === 0);
}

export function right(): void {
  meet((now, mine) => now.round !== mine);
}
