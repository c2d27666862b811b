import { type Async, type Result, selectBiased, spawn } from "rt";
import {
  CancellationToken,
  oneshot,
  type OneshotSender,
  type Receiver,
  unboundedChannel,
  type UnboundedSender,
} from "rt/sync";

/** What a handle may ask of the counter. A `get` brings along where the answer goes. */
type Request = { readonly add: number } | { readonly get: OneshotSender<number> };

/** The actor: the only one who knows the total. It ends when nobody can send any more and everything is done. */
function* counting(requests: Receiver<Request>, stop: CancellationToken): Async<void> {
  let total = 0;
  while (true) {
    const won = yield* selectBiased({ stop: stop.cancelled(), request: requests.recv() });
    if (won.branch === "stop" || !won.value.ok) return;
    const got = won.value;
    const request = got.value;
    if ("add" in request) total += request.add;
    // The asker may have gone. That is the asker's business.
    else request.get.send(total);
  }
}

/** One of the handles of a counter. */
export class CounterHandle {
  private requests: UnboundedSender<Request> | null;
  private readonly stop: CancellationToken;
  private readonly isLast: boolean;

  /** Use `spawnCounter` or `clone`. */
  constructor(requests: UnboundedSender<Request> | null, stop: CancellationToken, isLast: boolean) {
    this.requests = requests;
    this.stop = stop;
    this.isLast = isLast;
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
    return new CounterHandle(this.requests?.clone() ?? null, this.stop, false);
  }

  close(): void {
    this.requests?.drop();
    this.requests = null;
    if (this.isLast) this.stop.cancel();
  }
}

/** Starts a counter at 0 in a task of its own. */
export function spawnCounter(): CounterHandle {
  const stop = new CancellationToken();
  const [tx, rx] = unboundedChannel<Request>();
  spawn(counting(rx, stop), { name: "counter" });
  return new CounterHandle(tx, stop, true);
}
