// A select drops the branch that lost, and with it the half of a pair that this branch had received.
import { type Async, select } from "rt";
import { channel, type Receiver, type Sender } from "rt/sync";
import { assertEq } from "std/assert";
import { later, runTasks } from "./bodies";

const PAIR = [1, 2];

function* sendPair(pairs: Sender<number>): Async<void> {
  for (const half of PAIR) yield* pairs.send(half);
}

function* tick(ticks: Sender<void>): Async<void> {
  yield* ticks.send(undefined);
}

/** The next two numbers, behind those that are in `got`; fewer where no more are sent. */
function* receivePair(pairs: Receiver<number>, got: number[]): Async<number[]> {
  while (got.length < PAIR.length) {
    const half = yield* pairs.recv();
    if (!half.ok) break;
    got.push(half.value);
  }
  return got;
}

function receiveWhileTicking(halvesOf: () => number[]): void {
  const [pairTx, pairs] = channel<number>(1);
  const [tickTx, ticks] = channel<void>(1);
  function* receive(): Async<void> {
    for (let isTicking = true; ;) {
      const tick = isTicking && ticks.recv();
      const won = yield* select({ pair: receivePair(pairs, halvesOf()), tick });
      if (won.branch === "pair") return assertEq(won.value, PAIR);
      isTicking = false;
    }
  }
  runTasks(receive(), sendPair(pairTx), later(tick(tickTx)));
}

export function wrong(): void {
  receiveWhileTicking(() => []);
}

export function right(): void {
  const halves: number[] = [];
  receiveWhileTicking(() => halves);
}
