// A consumer stops when it is told to, with messages still in its queue.
import { type Async, selectBiased, yieldNow } from "rt";
import { CancellationToken, type Receiver, type Sender, channel } from "rt/sync";
import { assertEq } from "std/assert";
import { runTasks } from "./bodies";

const MESSAGES = 2;

function* produce(queue: Sender<number>, stop: CancellationToken): Async<void> {
  for (let message = 0; message < MESSAGES; message++) yield* queue.send(message);
  yield* yieldNow();
  stop.cancel();
}

/** How many messages come before `stop`. */
function* countUntil(stop: CancellationToken, queue: Receiver<number>): Async<number> {
  for (let count = 0; ; count++) {
    const won = yield* selectBiased({ stop: stop.cancelled(), message: queue.recv() });
    if (won.branch === "stop" || !won.value.ok) return count;
  }
}

function consume(drain: (queue: Receiver<number>) => number): void {
  const [tx, queue] = channel<number>(MESSAGES);
  const stop = new CancellationToken();
  let count = 0;
  function* consumeAll(): Async<void> {
    count = (yield* countUntil(stop, queue)) + drain(queue);
  }
  runTasks(produce(tx, stop), consumeAll());
  assertEq(count, MESSAGES);
}

export function wrong(): void {
  consume(() => 0);
}

export function right(): void {
  consume((queue) => {
    let count = 0;
    while (queue.tryRecv().ok) count += 1;
    return count;
  });
}
