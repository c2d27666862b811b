import { type Async, type Result, spawn } from "rt";
import { type Receiver, unboundedChannel, type UnboundedSender } from "rt/sync";

type Request = number | UnboundedSender<number>;

function* counting(requests: Receiver<Request>): Async<void> {
  let total = 0;
  while (true) {
    const got = yield* requests.recv();
    if (!got.ok) return;
    if (typeof got.value === "number") total += got.value;
    else {
      got.value.send(total);
      got.value.drop();
    }
  }
}

export class CounterHandle {
  private requests: UnboundedSender<Request> | null;
  // The answers of this handle. One that nobody fetched is there when the next one asks.
  private readonly replies: UnboundedSender<number>;
  private readonly answers: Receiver<number>;

  constructor(requests: UnboundedSender<Request> | null) {
    this.requests = requests;
    [this.replies, this.answers] = unboundedChannel<number>();
  }

  add(n: number): Result<void, "closed"> {
    const sent = this.requests?.send(n);
    return sent?.ok === true ? sent : { ok: false, error: "closed" };
  }

  *get(): Async<Result<number, "closed">> {
    if (this.requests === null) return { ok: false, error: "closed" };
    this.requests.send(this.replies.clone());
    const got = yield* this.answers.recv();
    return got.ok ? got : { ok: false, error: "closed" };
  }

  clone(): CounterHandle {
    return new CounterHandle(this.requests?.clone() ?? null);
  }

  close(): void {
    this.requests?.drop();
    this.requests = null;
  }
}

export function spawnCounter(): CounterHandle {
  const [tx, rx] = unboundedChannel<Request>();
  spawn(counting(rx));
  return new CounterHandle(tx);
}
