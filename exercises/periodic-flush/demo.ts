import { type Async, type Result, blockOn, join, spawn } from "rt";
import { channel, type Sender } from "rt/sync";
import { sleep } from "rt/time";
import { File, readToString } from "std/fs";
import { type Client, type JournalEvent, journalServerBuffered } from "./main";

// Yours to change. "Run" runs this file; "Check" does not look at it.

/** Prints what it sees, and takes its time. */
class Screen implements Client {
  private readonly name: string;
  private readonly paceMs: number;

  constructor(name: string, paceMs: number) {
    this.name = name;
    this.paceMs = paceMs;
  }

  *send(event: JournalEvent): Async<Result<void, "gone">> {
    yield* sleep(this.paceMs);
    console.log(`${this.name} sees ${event.seq}: ${event.text}`);
    return { ok: true, value: undefined };
  }
}

function* cluster(events: Sender<JournalEvent>): Async<void> {
  for (const [seq, text] of [
    [1, "job started"],
    [2, "task 1 done"],
    [3, "task 2 done"],
    [4, "job done"],
  ] as const) {
    yield* events.send({ seq, text });
    yield* sleep(30);
  }
  events.drop();
}

function* visitors(clients: Sender<Client>): Async<void> {
  yield* clients.send(new Screen("early", 1));
  yield* sleep(45);
  yield* clients.send(new Screen("late", 20));
  clients.drop();
}

/** What is in the file, now and then. */
function* watch(): Async<void> {
  for (const pause of [20, 30, 50]) {
    yield* sleep(pause);
    const text = readToString("events.jsonl");
    if (text.ok) console.log(`the journal has ${text.value.split("\n").length - 1} lines`);
  }
}

const opened = File.append("events.jsonl");
if (opened.ok) {
  const journal = opened.value;
  const [events, inbox] = channel<JournalEvent>(2);
  const [clients, visits] = channel<Client>(2);
  blockOn(
    (function* () {
      const server = spawn(journalServerBuffered(inbox, visits, journal, 40), { name: "server" });
      yield* join(cluster(events), visitors(clients), watch());
      yield* server;
    })(),
  );
  const text = readToString("events.jsonl");
  if (text.ok) console.log(`in the end the journal has ${text.value.split("\n").length - 1} lines`);
}
