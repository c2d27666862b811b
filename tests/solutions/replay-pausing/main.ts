import { type Async, type JoinHandle, type Result, selectBiased, spawn } from "rt";
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

/** The journal as blocking code sees it: short calls, made while nobody else of this thread has anything to do. */
class Journal {
  private readonly file: File;

  constructor(file: File) {
    this.file = file;
  }

  add(event: JournalEvent): void {
    this.file.writeAll(`${JSON.stringify(event)}\n`);
  }

  /** The events from the first on, read in blocks, each as soon as its line is whole. */
  *all(): Generator<JournalEvent, void, void> {
    this.file.seek(0);
    const decoder = new TextDecoder();
    let rest = "";
    for (;;) {
      const block = this.file.read(4_096);
      if (block.length === 0) return;
      const lines = (rest + decoder.decode(block, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) yield JSON.parse(line) as JournalEvent;
    }
  }
}

/** Shows one client what comes, until nothing more does or it goes. */
function* attend(client: Client, queue: Receiver<JournalEvent>): Async<void> {
  for (;;) {
    const event = yield* queue.recv();
    if (!event.ok) return;
    const sent = yield* client.send(event.value);
    if (!sent.ok) return;
  }
}

/** The live clients, each with a task and a short queue of its own: a slow one does not hold up the quick ones. */
class Audience {
  private seats: { queue: Sender<JournalEvent>; task: JoinHandle<void> }[] = [];

  join(client: Client): void {
    const [queue, rx] = channel<JournalEvent>(16);
    this.seats.push({ queue, task: spawn(attend(client, rx)) });
  }

  *show(event: JournalEvent): Async<void> {
    const left: typeof this.seats = [];
    for (const seat of this.seats) if ((yield* seat.queue.send(event)).ok) left.push(seat);
    this.seats = left;
  }

  /** Everybody sees what is still in the queues; then nobody is left. */
  *end(): Async<void> {
    for (const { queue } of this.seats) queue.drop();
    for (const { task } of this.seats) yield* task;
  }
}

/** Hands over the whole journal. False where the client went meanwhile. */
function* replay(journal: Journal, client: Client): Async<boolean> {
  for (const event of journal.all()) if (!(yield* client.send(event)).ok) return false;
  return true;
}

/** Clients first; whoever has had the replay gets a task. */
export function* journalServer(
  events: Receiver<JournalEvent>,
  clients: Receiver<Client>,
  file: File,
): Async<void> {
  const journal = new Journal(file);
  const audience = new Audience();
  const open = { client: true, event: true };
  while (open.client || open.event) {
    const won = yield* selectBiased({
      client: open.client && clients.recv(),
      event: open.event && events.recv(),
    });
    if (!won.value.ok) open[won.branch] = false;
    else if (won.branch === "event") {
      journal.add(won.value.value);
      yield* audience.show(won.value.value);
    } else if (yield* replay(journal, won.value.value)) audience.join(won.value.value);
  }
  yield* audience.end();
}
