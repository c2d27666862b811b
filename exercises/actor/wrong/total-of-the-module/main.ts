import { type Async, type Result, spawn } from "rt";
import { oneshot, type OneshotSender, type Receiver, unboundedChannel, type UnboundedSender } from "rt/sync";

/** What a handle may ask of the counter. A `get` brings along where the answer goes. */
type Request = { readonly add: number } | { readonly get: OneshotSender<number> };

/** One total, for every counter there is. */
let total = 0;

function* counting(requests: Receiver<Request>): Async<void> {
  while (true) {
    const got = yield* requests.recv();
    if (!got.ok) return;
    const request = got.value;
    if ("add" in request) total += request.add;
    // The asker may have gone. That is the asker's business.
    else request.get.send(total);
  }
}

/** One of the handles of a counter. */
export class CounterHandle {
  private requests: UnboundedSender<Request> | null;

  /** Use `spawnCounter` or `clone`. */
  constructor(requests: UnboundedSender<Request> | null) {
    this.requests = requests;
  }

  add(n: number): Result<void, "closed"> {
    const sent = this.requests?.send({ add: n });
    return sent?.ok === true ? sent : { ok: false, error: "closed" };
  }

  *get(): Async<Result<number, "closed">> {
    if (this.requests === null) return { ok: false, error: "closed" };
    const [reply, answer] = oneshot<number>();
    this.requests.send({ get: reply });
    // Where the request never arrived `reply` is dropped, and the answer is "disconnected" at once.
    const got = yield* answer;
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

/** Starts a counter at 0 in a task of its own. */
export function spawnCounter(): CounterHandle {
  const [tx, rx] = unboundedChannel<Request>();
  spawn(counting(rx), { name: "counter" });
  return new CounterHandle(tx);
}
