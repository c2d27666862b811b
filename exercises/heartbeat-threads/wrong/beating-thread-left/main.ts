import { Mutex, type Receiver, type Sender } from "std/sync";
import { sleep, spawn } from "std/thread";
import { Instant } from "std/time";

/** A second thread beats, and nobody ends it. */
export function forwardBlocking<E>(events: Receiver<E>, batches: Sender<E[]>, periodMs: number): void {
  const began = Instant.now();
  const batch = new Mutex<E[]>([]);
  const last = batches.clone();
  const beat = spawn(() => {
    for (let due = began.add(periodMs); ; due = due.add(periodMs)) {
      sleep(due.durationSince(Instant.now()));
      using guard = batch.lock();
      if (!batches.send(guard.value).ok) return;
      guard.value = [];
    }
  });
  while (!beat.isFinished()) {
    const got = events.recvTimeout(periodMs);
    using guard = batch.lock();
    if (got.ok) guard.value.push(got.value);
    else if (got.error === "disconnected") {
      if (guard.value.length > 0) last.send(guard.value);
      guard.value = [];
      return;
    }
  }
}
