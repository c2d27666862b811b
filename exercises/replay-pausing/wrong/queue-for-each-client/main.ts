import { type Async, type Future, joinAll, type Result, select, spawn } from "rt";
import { AsyncFile } from "rt/fs";
import { type Receiver, unboundedChannel, type UnboundedSender } from "rt/sync";
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

/** Sends a client what is in its queue. */
function* attend(client: Client, queue: Receiver<JournalEvent>): Async<void> {
  for (;;) {
    const event = yield* queue.recv();
    if (!event.ok) return;
    const sent = yield* client.send(event.value);
    if (!sent.ok) return;
  }
}

/** Puts the whole replay into a queue and goes on: whatever comes meanwhile gathers there, without a limit. */
export function* journalServer(
  events: Receiver<JournalEvent>,
  clients: Receiver<Client>,
  journal: File,
): Async<void> {
  const file = AsyncFile.fromStd(journal);
  const queues = new Set<UnboundedSender<JournalEvent>>();
  const attending: Future<unknown>[] = [];
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
      yield* file.writeAll(`${JSON.stringify(event)}\n`);
      for (const queue of queues) if (!queue.send(event).ok) queues.delete(queue);
    } else if (won.value.ok) {
      const [queue, queued] = unboundedChannel<JournalEvent>();
      yield* file.seek(0);
      const text = yield* file.readToString();
      if (!text.ok) throw new Error("the journal is no UTF-8");
      for (const line of text.value.split("\n"))
        if (line !== "") queue.send(JSON.parse(line) as JournalEvent);
      attending.push(spawn(attend(won.value.value, queued)));
      queues.add(queue);
    } else {
      moreClients = false;
    }
  }
  for (const queue of queues) queue.drop();
  yield* joinAll(attending);
}
