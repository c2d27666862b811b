import { type Async, type Result, select } from "rt";
import { AsyncFile } from "rt/fs";
import type { Receiver } from "rt/sync";
import { Instant, sleepUntil } from "rt/time";
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

/** What has arrived and is in no file yet, and who wants to see it. */
class Buffer {
  private readonly file: AsyncFile;
  private readonly live = new Set<Client>();
  private waiting: JournalEvent[] = [];
  /** When the oldest of those that wait has to be on the disk; null where none does. */
  due: Instant | null = null;

  constructor(file: AsyncFile) {
    this.file = file;
  }

  add(event: JournalEvent, flushMs: number): void {
    this.waiting.push(event);
    this.due ??= Instant.now().add(flushMs);
  }

  /** Writes and syncs what waits, and then shows it: whoever is slow sees only what is safe, and delays nothing. */
  *flush(): Async<void> {
    const events = this.waiting;
    this.waiting = [];
    this.due = null;
    if (events.length === 0) return;
    const lines = events.map((event) => `${JSON.stringify(event)}\n`);
    const written = yield* this.file.writeAll(lines.join(""));
    if (!written.ok) throw new Error("the disk is full");
    yield* this.file.sync();
    for (const client of this.live) {
      for (const event of events) {
        if ((yield* client.send(event)).ok) continue;
        this.live.delete(client);
        break;
      }
    }
  }

  /** A client sees the file, so everything goes into the file first. */
  *welcome(client: Client): Async<void> {
    yield* this.flush();
    if (yield* replay(this.file, client)) this.live.add(client);
  }
}

/** Keeps a journal, on the disk at most `flushMs` after an event arrived, and shows all of it to every client. */
export function* journalServerBuffered(
  events: Receiver<JournalEvent>,
  clients: Receiver<Client>,
  journal: File,
  flushMs: number,
): Async<void> {
  const buffer = new Buffer(AsyncFile.fromStd(journal));
  let moreEvents = true;
  let moreClients = true;

  while (moreEvents || moreClients) {
    const won = yield* select({
      // The third branch. The deadline stands, however many events come; without one there is nothing to wait for.
      due: buffer.due !== null && sleepUntil(buffer.due),
      event: moreEvents && events.recv(),
      client: moreClients && clients.recv(),
    });
    if (won.branch === "due") yield* buffer.flush();
    else if (won.branch === "event") {
      if (won.value.ok) buffer.add(won.value.value, flushMs);
      else moreEvents = false;
    } else if (won.value.ok) yield* buffer.welcome(won.value.value);
    else moreClients = false;
  }
  yield* buffer.flush();
}
