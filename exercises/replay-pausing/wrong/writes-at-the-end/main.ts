import { type Async, type Result, select } from "rt";
import { AsyncFile } from "rt/fs";
import type { Receiver } from "rt/sync";
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

/** Hands over all that has happened. False where the client went meanwhile. */
function* replay(history: readonly JournalEvent[], client: Client): Async<boolean> {
  for (const event of history) {
    const sent = yield* client.send(event);
    if (!sent.ok) return false;
  }
  return true;
}

/** Keeps everything in memory and writes it at the end: until then the journal knows nothing. */
export function* journalServer(
  events: Receiver<JournalEvent>,
  clients: Receiver<Client>,
  journal: File,
): Async<void> {
  const file = AsyncFile.fromStd(journal);
  const live = new Set<Client>();
  const text = yield* file.readToString();
  const lines = text.ok ? text.value.split("\n").slice(0, -1) : [];
  const history = lines.map((line) => JSON.parse(line) as JournalEvent);
  const old = history.length;
  let moreEvents = true;
  let moreClients = true;

  while (moreEvents || moreClients) {
    // An input that has ended is always ready to say so. It takes no part any more.
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
      history.push(event);
      for (const client of live) {
        const sent = yield* client.send(event);
        if (!sent.ok) live.delete(client);
      }
    } else if (won.value.ok) {
      // Nobody polls `events` until this is over: no event can be taken, so none can be written.
      const client = won.value.value;
      if (yield* replay(history, client)) live.add(client);
    } else {
      moreClients = false;
    }
  }
  for (const event of history.slice(old)) yield* file.writeAll(`${JSON.stringify(event)}\n`);
}
