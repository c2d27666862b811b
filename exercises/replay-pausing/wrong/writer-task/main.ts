import { type Async, type Result, select, spawn } from "rt";
import { AsyncFile } from "rt/fs";
import { channel, type Receiver, type Sender } from "rt/sync";
import type { File } from "std/fs";

/** Something that happened. */
export interface JournalEvent {
  readonly seq: number;
  readonly text: string;
}

/** Somebody who wants to see everything that happened, and what happens from now on. */
export interface Client {
  /** Hands over one event, and waits until the client has it. `"gone"`: nobody is there any more. */
  send(event: JournalEvent): Async<Result<void, "gone">>;
}

/** Hands over all that the journal holds. False where the client went meanwhile. */
function* replay(file: AsyncFile, client: Client): Async<boolean> {
  yield* file.seek(0);
  const text = yield* file.readToString();
  if (!text.ok) throw new Error("the journal is no UTF-8");
  for (const line of text.value.split("\n")) {
    if (line === "") continue;
    const sent = yield* client.send(JSON.parse(line) as JournalEvent);
    if (!sent.ok) return false;
  }
  return true;
}

/** Writes down what happens, and passes it on. */
function* writeDown(
  events: Receiver<JournalEvent>,
  file: AsyncFile,
  written: Sender<JournalEvent>,
): Async<void> {
  for (;;) {
    const event = yield* events.recv();
    if (!event.ok) return;
    yield* file.writeAll(`${JSON.stringify(event.value)}\n`);
    yield* written.send(event.value);
  }
}

/** Lets a task of its own write: it goes on writing while a client gets its replay. */
export function* journalServer(
  events: Receiver<JournalEvent>,
  clients: Receiver<Client>,
  journal: File,
): Async<void> {
  const file = AsyncFile.fromStd(journal);
  const writing = file.tryClone();
  if (!writing.ok) throw new Error("too many open files");
  const [written, fresh] = channel<JournalEvent>(1);
  spawn(writeDown(events, writing.value, written));
  const live = new Set<Client>();
  let moreEvents = true;
  let moreClients = true;

  while (moreEvents || moreClients) {
    const won = yield* select({
      event: moreEvents && fresh.recv(),
      client: moreClients && clients.recv(),
    });
    if (won.branch === "event") {
      if (!won.value.ok) {
        moreEvents = false;
        continue;
      }
      for (const client of live) {
        const sent = yield* client.send(won.value.value);
        if (!sent.ok) live.delete(client);
      }
    } else if (won.value.ok) {
      const client = won.value.value;
      if (yield* replay(file, client)) live.add(client);
    } else {
      moreClients = false;
    }
  }
}
