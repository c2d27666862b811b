import { Condvar, Mutex, type Receiver, type Sender } from "std/sync";
import { spawn } from "std/thread";
import { Instant } from "std/time";

/** A second thread beats. It reads the batch and empties it in two steps: an event in between is lost. */
export function forwardBlocking<E>(events: Receiver<E>, batches: Sender<E[]>, periodMs: number): void {
  const began = Instant.now();
  const batch = new Mutex<E[]>([]);
  const over = new Mutex(false);
  const changed = new Condvar();
  const last = batches.clone();
  const beat = spawn(() => {
    for (let due = began.add(periodMs); ; due = due.add(periodMs)) {
      {
        using isOver = over.lock();
        changed.waitTimeoutWhile(isOver, due.durationSince(Instant.now()), (it) => !it);
        if (isOver.value) return;
      }
      const guard = batch.lock();
      const sent = batches.send(guard.value);
      guard.unlock();
      using rest = batch.lock();
      rest.value = [];
      if (!sent.ok) return;
    }
  });
  while (!beat.isFinished()) {
    const got = events.recvTimeout(periodMs);
    if (got.ok) {
      using guard = batch.lock();
      guard.value.push(got.value);
    } else if (got.error === "disconnected") {
      {
        using isOver = over.lock();
        isOver.value = true;
        changed.notifyAll();
      }
      beat.join();
      using rest = batch.lock();
      if (rest.value.length > 0) last.send(rest.value);
      return;
    }
  }
}
