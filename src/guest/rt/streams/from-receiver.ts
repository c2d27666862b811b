import { err, ok } from "../../core/result.ts";
import type { Receiver } from "../channel.ts";
import type { Context } from "../context.ts";
import { Poll } from "../polling.ts";
import type { Item, Source } from "./source.ts";
import { type Stream, streamOf } from "./stream.ts";

type Receiving<T> = ReturnType<Receiver<T>["recv"]>;

class Received<T> implements Source<T> {
  readonly #receiver: Receiver<T>;
  #receiving: Receiving<T> | null = null;

  constructor(receiver: Receiver<T>) {
    this.#receiver = receiver;
  }

  pollNext(cx: Context): Poll<Item<T>> {
    this.#receiving ??= this.#receiver.recv();
    const poll = this.#receiving.poll(cx);
    if (!poll.ready) return Poll.pending;
    this.#receiving = null;
    return Poll.ready(poll.value.ok ? ok(poll.value.value) : err("ended"));
  }

  drop(): void {
    this.#receiving?.drop();
    this.#receiving = null;
    this.#receiver.drop();
  }

  held(): readonly unknown[] {
    return [this.#receiver];
  }
}

/**
 * What comes out of a channel, until every sender has gone. The stream owns the receiver: it is dropped with
 * it.
 * @rust tokio_stream::wrappers::ReceiverStream::new
 * @example
 * ```ts
 * import { type Async, blockOn, spawn } from "rt";
 * import { fromReceiver } from "rt/stream";
 * import { channel, type Sender } from "rt/sync";
 * function* produce(tx: Sender<string>): Async<void> {
 *   for (const word of ["one", "two", "three"]) yield* tx.send(word);
 * }
 * function* main(): Async<void> {
 *   const [tx, rx] = channel<string>(1);
 *   spawn(produce(tx));
 *   yield* fromReceiver(rx).forEach((word) => console.log(word)); // one, two, three
 * }
 * blockOn(main());
 * ```
 */
export function fromReceiver<T>(receiver: Receiver<T>): Stream<T> {
  return streamOf(new Received(receiver));
}
