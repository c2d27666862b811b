import type { Async, Result } from "rt";
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

/**
 * Writes every event into the journal, and shows every client all events: first those in the journal (its replay),
 * then the new ones as they come.
 *
 * - The journal holds one line of JSON an event; it may hold some already. It was opened with `File.append`: a write
 *   goes to the end, and `seek(0)` comes before reading it all.
 * - Each client sees every event exactly once, in order, from the first in the file to the last, whenever it comes. It
 *   is sent one event at a time.
 * - The journal is never written while it is read. Events that come during a replay stay in the channel (at most one
 *   may be taken out of it), and follow the replay.
 * - A client whose `send` answers `"gone"` is forgotten: it is sent nothing else, and nobody else notices. Nor does a
 *   slow client change what others see, or in which order.
 * - When one input has ended (`"disconnected"`), the other is served on. When both have, the function returns, and no
 *   task of it is left. While nothing comes it sleeps.
 */
export function* journalServer(
  events: Receiver<JournalEvent>,
  clients: Receiver<Client>,
  journal: File,
): Async<void> {
  // All the events, then all the clients. Nobody who waits for the second loop sees anything live.
  for (;;) {
    const event = yield* events.recv();
    if (!event.ok) break;
    journal.writeAll(`${JSON.stringify(event.value)}\n`);
  }
  for (;;) {
    const client = yield* clients.recv();
    if (!client.ok) return;
    journal.seek(0);
    const text = journal.readToString();
    if (!text.ok) throw new Error("the journal is no UTF-8");
    for (const line of text.value.split("\n")) {
      if (line !== "") yield* client.value.send(JSON.parse(line) as JournalEvent);
    }
  }
}
