import { channel } from "std/sync";
import { sleep, spawn } from "std/thread";
import { forwardBlocking } from "./main";

// Yours to change. "Run" runs this file; "Check" does not look at it.

const [events, inbox] = channel<string>();
const [outbox, batches] = channel<string[]>();

spawn(
  () => {
    // A burst, then one task every 300 ms, then a long silence.
    for (const task of ["a", "b", "c"]) events.send(task);
    for (const task of ["d", "e", "f", "g"]) {
      sleep(300);
      events.send(task);
    }
    sleep(1_100);
    events.send("h");
    sleep(50);
  },
  { name: "server" },
);

const dashboard = spawn(
  () => {
    for (const batch of batches) console.log(batch.length === 0 ? "(nothing new)" : batch.join(" "));
    console.log("the last batch has come");
  },
  { name: "dashboard" },
);

// In a thread of its own, so that its ends of the channels go when it returns.
spawn(() => forwardBlocking(inbox, outbox, 500), { name: "forwarder" }).join();
dashboard.join();
