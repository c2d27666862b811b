import { type Async, type Result, spawn } from "rt";
import { type Receiver, unboundedChannel, type UnboundedSender } from "rt/sync";

/** What a handle may ask of the counter. How would one ask for the total, and where would the answer go? */
interface Request {
  readonly add: number;
}

/** The actor: the only one who knows the total. */
function* counting(requests: Receiver<Request>): Async<void> {
  let total = 0;
  while (true) {
    const got = yield* requests.recv();
    if (!got.ok) return;
    total += got.value.add;
    console.log(`total: ${total}`);
  }
}

/**
 * One of the handles of a counter. Any task or thread may use it; whoever made it closes it.
 *
 * All requests to one counter are carried out one by one, in the order in which they were made; a `get` is made when
 * it is polled for the first time.
 */
export class CounterHandle {
  private readonly requests: UnboundedSender<Request>;

  constructor(requests: UnboundedSender<Request>) {
    this.requests = requests;
  }

  /** Adds `n` to the total; never waits. "closed" where this handle is closed. */
  add(n: number): Result<void, "closed"> {
    const sent = this.requests.send({ add: n });
    return sent.ok ? sent : { ok: false, error: "closed" };
  }

  /**
   * The total as of this request; "closed", at once, where this handle is closed. Whoever asked may lose interest: when
   * the future is dropped the counter goes on.
   */
  *get(): Async<Result<number, "closed">> {
    // The counter knows the total. This handle does not: it has to ask.
    return { ok: true, value: 0 };
  }

  /** A second handle of the same counter; of a closed handle: a closed one. */
  clone(): CounterHandle {
    return new CounterHandle(this.requests.clone());
  }

  /**
   * Gives up this handle; the others stay. What was asked through it before is still carried out and answered. Closing
   * it again does nothing.
   */
  close(): void {}
}

/**
 * Starts a counter at 0, in a task of its own. The task ends when the last handle has been closed and everything that
 * was asked is done.
 */
export function spawnCounter(): CounterHandle {
  const [tx, rx] = unboundedChannel<Request>();
  spawn(counting(rx), { name: "counter" });
  return new CounterHandle(tx);
}
