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
 * What comes out of a channel, until every sender has gone. The stream owns the receiver: it is dropped with it.
 * Stands for `tokio_stream::wrappers::ReceiverStream`.
 */
export function fromReceiver<T>(receiver: Receiver<T>): Stream<T> {
  return streamOf(new Received(receiver));
}
