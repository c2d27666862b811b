import { type Async, Context, type Future, Future as AnyFuture, Poll, Waker } from "rt";
import { current, park, sleep, spawn } from "std/thread";
import { AtomicBool } from "std/sync";

/** Polls until ready; parks the thread in between. */
function run<T>(future: Future<T>): T {
  const cx = new Context(Waker.from(current()));
  for (let polls = 1; ; polls++) {
    const poll = future.poll(cx);
    if (poll.ready) {
      console.log(`ready at poll ${polls}`);
      return poll.value;
    }
    park();
  }
}

/** Ready once another thread has set the flag and woken it. */
class FromThread extends AnyFuture<string> {
  readonly #done = new AtomicBool(false);
  #isStarted = false;

  override poll(cx: Context): Poll<string> {
    if (this.#done.load()) return Poll.ready("set by the thread");
    if (!this.#isStarted) {
      this.#isStarted = true;
      const done = this.#done;
      const waker = cx.waker.clone();
      spawn(() => {
        sleep(20);
        done.store(true);
        waker.wake();
      });
    }
    return Poll.pending;
  }
}

export function main(): void {
  console.log(
    run(
      (function* (): Async<string> {
        const first = yield* new FromThread();
        const second = yield* new FromThread();
        return `${first}, ${second}`;
      })(),
    ),
  );
}
