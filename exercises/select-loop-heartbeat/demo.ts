import { type Async, blockOn, spawn } from "rt";
import { channel, type Receiver, type Sender } from "rt/sync";
import { sleep } from "rt/time";
import { forwardBatches } from "./main";

// Yours to change. "Run" runs this file; "Check" does not look at it.

function* server(events: Sender<string>): Async<void> {
  // A burst, then one task every 300 ms, then a long silence.
  for (const task of ["a", "b", "c"]) yield* events.send(task);
  for (const task of ["d", "e", "f", "g"]) {
    yield* sleep(300);
    yield* events.send(task);
  }
  yield* sleep(1_100);
  yield* events.send("h");
  yield* sleep(50);
}

function* dashboard(batches: Receiver<string[]>): Async<void> {
  while (true) {
    const got = yield* batches.recv();
    if (!got.ok) break;
    console.log(got.value.length === 0 ? "(nothing new)" : got.value.join(" "));
  }
  console.log("the last batch has come");
}

// Three tasks, one thread.
blockOn(
  (function* () {
    const [events, inbox] = channel<string>(16);
    const [outbox, batches] = channel<string[]>(1);
    spawn(server(events), { name: "server" });
    spawn(forwardBatches(inbox, outbox, 500), { name: "forwarder" });
    yield* spawn(dashboard(batches), { name: "dashboard" });
  })(),
);
