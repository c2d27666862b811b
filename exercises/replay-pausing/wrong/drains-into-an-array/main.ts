import { type Async, type Result, select, spawn } from "rt";
import { AsyncFile } from "rt/fs";
import { Notify, type Receiver } from "rt/sync";
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

/** Takes events while it replays, and keeps them in memory until the replay is over. */
export function* journalServer(
  events: Receiver<JournalEvent>,
  clients: Receiver<Client>,
  journal: File,
): Async<void> {
  const file = AsyncFile.fromStd(journal);
  const live = new Set<Client>();
  const waiting: JournalEvent[] = [];
  let moreEvents = true;
  let moreClients = true;

  while (moreEvents || moreClients) {
    for (const event of waiting.splice(0)) {
      yield* file.writeAll(`${JSON.stringify(event)}\n`);
      for (const client of live) {
        const sent = yield* client.send(event);
        if (!sent.ok) live.delete(client);
      }
    }
    const won = yield* select({
      event: moreEvents && events.recv(),
      client: moreClients && clients.recv(),
    });
    if (won.branch === "event") {
      if (!won.value.ok) {
        moreEvents = false;
        continue;
      }
      waiting.push(won.value.value);
    } else if (won.value.ok) {
      const client = won.value.value;
      const over = new Notify();
      const reading = file.tryClone();
      if (!reading.ok) throw new Error("too many open files");
      const replaying = spawn(
        (function* (): Async<boolean> {
          const isThere = yield* replay(reading.value, client);
          over.notifyOne();
          return isThere;
        })(),
      );
      for (;;) {
        const next = yield* select({ over: over.notified(), event: moreEvents && events.recv() });
        if (next.branch === "over") break;
        if (next.value.ok) waiting.push(next.value.value);
        else moreEvents = false;
      }
      const done = yield* replaying;
      if (done.ok && done.value) live.add(client);
    } else {
      moreClients = false;
    }
  }
}
