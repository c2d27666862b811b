import { type Async, type Result, select, spawn } from "rt";
import { oneshot, type OneshotSender, type Receiver, unboundedChannel, type UnboundedSender } from "rt/sync";

function* counting(numbers: Receiver<number>, questions: Receiver<OneshotSender<number>>): Async<void> {
  let total = 0;
  let isOver = false;
  while (true) {
    const won = yield* select({ add: !isOver && numbers.recv(), get: questions.recv() });
    if (won.branch === "add") {
      // Nobody says how many numbers came before the question.
      if (won.value.ok) total += won.value.value;
      else isOver = true;
    } else if (won.value.ok) won.value.value.send(total);
    else return;
  }
}

export class CounterHandle {
  private numbers: UnboundedSender<number> | null;
  private questions: UnboundedSender<OneshotSender<number>> | null;

  constructor(
    numbers: UnboundedSender<number> | null,
    questions: UnboundedSender<OneshotSender<number>> | null,
  ) {
    this.numbers = numbers;
    this.questions = questions;
  }

  add(n: number): Result<void, "closed"> {
    const sent = this.numbers?.send(n);
    return sent?.ok === true ? sent : { ok: false, error: "closed" };
  }

  *get(): Async<Result<number, "closed">> {
    if (this.questions === null) return { ok: false, error: "closed" };
    const [reply, answer] = oneshot<number>();
    this.questions.send(reply);
    const got = yield* answer;
    return got.ok ? got : { ok: false, error: "closed" };
  }

  clone(): CounterHandle {
    return new CounterHandle(this.numbers?.clone() ?? null, this.questions?.clone() ?? null);
  }

  close(): void {
    this.numbers?.drop();
    this.questions?.drop();
    this.numbers = null;
    this.questions = null;
  }
}

export function spawnCounter(): CounterHandle {
  const [numbers, taken] = unboundedChannel<number>();
  const [questions, asked] = unboundedChannel<OneshotSender<number>>();
  spawn(counting(taken, asked));
  return new CounterHandle(numbers, questions);
}
