import { type Async, type Context, Future, Poll, type Result, spawn } from "rt";
import { type Receiver, unboundedChannel, type UnboundedSender } from "rt/sync";

type Closed = { ok: false; error: "closed" };

const CLOSED: Closed = Object.freeze({ ok: false, error: "closed" });

/** Every request adds; what asks adds 0, and brings a channel for the total. */
interface Request {
  readonly n: number;
  readonly reply: UnboundedSender<number> | null;
}

/** The actor as a future by hand: its state is its fields. */
class Counter extends Future<void> {
  private readonly requests: Receiver<Request>;
  private receiving: Future<Result<Request, "disconnected">>;
  private total = 0;

  constructor(requests: Receiver<Request>) {
    super();
    this.requests = requests;
    this.receiving = requests.recv();
  }

  override poll(cx: Context): Poll<void> {
    while (true) {
      const poll = this.receiving.poll(cx);
      if (!poll.ready) return Poll.pending;
      if (!poll.value.ok) return Poll.ready(undefined);
      const { n, reply } = poll.value.value;
      this.total += n;
      reply?.send(this.total);
      reply?.drop();
      this.receiving = this.requests.recv();
    }
  }

  override drop(): void {
    this.receiving.drop();
  }
}

export class CounterHandle {
  private open: { requests: UnboundedSender<Request> } | null;

  constructor(requests: UnboundedSender<Request> | null) {
    this.open = requests === null ? null : { requests };
  }

  add(n: number): Result<void, "closed"> {
    if (this.open === null) return CLOSED;
    return this.open.requests.send({ n, reply: null }).ok ? { ok: true, value: undefined } : CLOSED;
  }

  *get(): Async<Result<number, "closed">> {
    if (this.open === null) return CLOSED;
    const [reply, answer] = unboundedChannel<number>();
    using _answer = answer;
    if (!this.open.requests.send({ n: 0, reply }).ok) return CLOSED;
    const got = yield* answer.recv();
    return got.ok ? got : CLOSED;
  }

  clone(): CounterHandle {
    return new CounterHandle(this.open?.requests.clone() ?? null);
  }

  close(): void {
    this.open?.requests.drop();
    this.open = null;
  }
}

export function spawnCounter(): CounterHandle {
  const [tx, rx] = unboundedChannel<Request>();
  spawn(new Counter(rx), { name: "counter" });
  return new CounterHandle(tx);
}
