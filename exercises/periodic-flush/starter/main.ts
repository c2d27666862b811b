import { type Async, type Result, select } from "rt";
import { AsyncFile } from "rt/fs";
import type { Receiver } from "rt/sync";
import { Instant } from "rt/time";
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

/**
 * The journal server with a buffer: what comes is kept in memory for a short while, and written and synced together.
 *
 * - An event is written and synced at most `flushMs` after it came, however many follow (the time that the disk itself
 *   takes comes on top). A crash at any instant loses only what came within the last `flushMs`.
 * - Events that come together are written and synced together, not one by one.
 * - Before a replay everything is written and synced: a client sees every event exactly once, in order, also those that
 *   were in the buffer. Live clients may get an event when it comes or when it is flushed.
 * - As before: the journal holds one line of JSON an event; it is never written while it is read; events that come
 *   during a replay stay in the channel (at most one may be taken); a client that is `"gone"` is forgotten; a slow live
 *   client gets everything, one event at a time, and keeps nothing off the disk.
 * - When one input has ended, the other is served on. When both have, what is left is written and synced, and the
 *   function returns. No task of it is left. While nothing comes it sleeps.
 */
export function* journalServerBuffered(
  events: Receiver<JournalEvent>,
  clients: Receiver<Client>,
  journal: File,
  flushMs: number,
): Async<void> {
  const file = AsyncFile.fromStd(journal);
  const live = new Set<Client>();
  let waiting: JournalEvent[] = [];
  let flushed = Instant.now();
  let moreEvents = true;
  let moreClients = true;

  while (moreEvents || moreClients) {
    const won = yield* select({
      event: moreEvents && events.recv(),
      client: moreClients && clients.recv(),
    });
    if (won.branch === "event") {
      if (!won.value.ok) {
        moreEvents = false;
        continue;
      }
      const event = won.value.value;
      waiting.push(event);
      if (flushed.elapsed() >= flushMs) {
        // It looks at the clock when an event comes. And when none does?
        yield* file.writeAll(waiting.map((each) => `${JSON.stringify(each)}\n`).join(""));
        waiting = [];
        flushed = Instant.now();
      }
      for (const client of live) {
        const sent = yield* client.send(event);
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
