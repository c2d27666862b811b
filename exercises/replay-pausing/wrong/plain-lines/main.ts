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

/** Writes the texts as they are, quotes around them: some are no JSON. */
export function* journalServer(
  events: Receiver<JournalEvent>,
  clients: Receiver<Client>,
  journal: File,
): Async<void> {
  const file = AsyncFile.fromStd(journal);
  const live = new Set<Client>();
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
      const written = yield* file.writeAll(`{"seq":${event.seq},"text":"${event.text}"}\n`);
      if (!written.ok) throw new Error("the disk is full");
      for (const client of live) {
        const sent = yield* client.send(event);
        if (!sent.ok) live.delete(client);
      }
    } else if (won.value.ok) {
      // Nobody polls `events` until this is over: no event can be taken, so none can be written.
      const client = won.value.value;
      if (yield* replay(file, client)) live.add(client);
    } else {
      moreClients = false;
    }
  }
}
