import { Condvar, Mutex, type Receiver, type Sender } from "std/sync";
import { spawn } from "std/thread";
import { Instant } from "std/time";

interface State<E> {
  batch: E[];
  ended: boolean;
  unheard: boolean;
}

/** Two threads: this one receives, the other one beats. They share the batch. */
export function forwardBlocking<E>(events: Receiver<E>, batches: Sender<E[]>, periodMs: number): void {
  const began = Instant.now();
  const state = new Mutex<State<E>>({ batch: [], ended: false, unheard: false });
  const end = new Condvar();
  const beat = spawn(
    () => {
      for (let due = began.add(periodMs); ; due = due.add(periodMs)) {
        using shared = state.lock();
        end.waitTimeoutWhile(shared, due.durationSince(Instant.now()), ({ ended }) => !ended);
        const { batch, ended } = shared.value;
        shared.value.batch = [];
        const isHeard = ended && batch.length === 0 ? true : batches.send(batch).ok;
        shared.value.unheard = !isHeard;
        if (ended || !isHeard) return;
      }
    },
    { name: "beat" },
  );

  while (true) {
    // The limit is no period: it is how often this thread asks whether the other one has found nobody to send to.
    const got = events.recvTimeout(periodMs);
    using shared = state.lock();
    if (shared.value.unheard) break;
    if (got.ok) shared.value.batch.push(got.value);
    else if (got.error === "disconnected") {
      shared.value.ended = true;
      end.notifyAll();
      break;
    }
  }
  beat.join();
}
