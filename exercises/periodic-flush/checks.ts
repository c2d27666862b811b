import {
  check,
  defaults,
  crashPoints,
  disk,
  diskAfterCrash,
  expect,
  fileContent,
  fileEvents,
  kernelCalls,
  liveTasks,
  liveThreads,
  ms,
  now,
  putFile,
} from "check";
import { type Async, type Result, blockOn, join } from "rt";
import { channel, type Sender, unboundedChannel, type UnboundedSender } from "rt/sync";
import { sleep, timeout } from "rt/time";
import { File } from "std/fs";
import { spawn } from "std/thread";
import { type Client, type JournalEvent, journalServerBuffered } from "./main";

// Every check here measures time.
defaults({ clock: "idle" });

/**
 * What happened at a client: it took an event, from one moment to another; or it was sent one before it had taken the
 * last one (`crowded`), or though it had gone (`knocked`).
 */
interface Note {
  client: string;
  what: "got" | "crowded" | "knocked";
  event: JournalEvent;
  from: number;
  at: number;
}

/** What a note says of a text: a long one would cost more than all the rest of a run. */
function brief(text: unknown): string {
  const whole = String(text);
  return whole.length <= 60 ? whole : `${whole.slice(0, 40)}… (${whole.length} characters)`;
}

/** How a client behaves: it takes `paceMs` for each event, and goes after `stays` of them. */
interface Manners {
  paceMs?: number;
  stays?: number;
}

/** A client that reports what it sees. */
class Visitor implements Client {
  private readonly name: string;
  private readonly notes: UnboundedSender<Note>;
  private readonly paceMs: number;
  private stays: number;
  private isGone = false;
  private isBusy = false;

  constructor(name: string, notes: UnboundedSender<Note>, { paceMs = 0, stays = Infinity }: Manners) {
    this.name = name;
    this.notes = notes;
    this.paceMs = paceMs;
    this.stays = stays;
  }

  *send(event: JournalEvent): Async<Result<void, "gone">> {
    const from = now();
    if (this.isGone) this.note("knocked", event, from);
    if (this.isBusy) this.note("crowded", event, from);
    if (this.stays <= 0) {
      this.isGone = true;
      return { ok: false, error: "gone" };
    }
    this.stays -= 1;
    this.isBusy = true;
    if (this.paceMs > 0) yield* sleep(this.paceMs);
    this.isBusy = false;
    this.note("got", event, from);
    return { ok: true, value: undefined };
  }

  private note(what: Note["what"], event: JournalEvent, from: number): void {
    const at = this.paceMs > 0 ? now() : from;
    this.notes.send({ client: this.name, what, event: { ...event, text: brief(event.text) }, from, at });
  }
}

/** The journal, what is in it before the server starts, and how many events have room in the channel. */
interface Plan {
  path?: string;
  old: readonly JournalEvent[];
  flushMs: number;
  room?: number;
  patienceMs?: number;
}

interface Run {
  path: string;
  /** Everything a client should see, in order. */
  all: readonly JournalEvent[];
  /** When an event found room in the channel, by its number. */
  acceptedAt: Map<number, number>;
  notes: Note[];
  endedAt: number;
  /** -1 where it had not returned when the check stopped waiting. */
  returnedAt: number;
  patienceMs: number;
}

/** What a script can do while the server runs. */
class Scene {
  readonly all: JournalEvent[];
  readonly acceptedAt = new Map<number, number>();
  private readonly events: Sender<JournalEvent>;
  private readonly clients: Sender<Client>;
  private readonly notes: UnboundedSender<Note>;
  private moreEvents = true;
  private moreClients = true;

  constructor(
    old: readonly JournalEvent[],
    events: Sender<JournalEvent>,
    clients: Sender<Client>,
    notes: UnboundedSender<Note>,
  ) {
    this.all = [...old];
    this.events = events;
    this.clients = clients;
    this.notes = notes;
  }

  /** The next event: waits until it finds room. */
  *happens(text = ""): Async<void> {
    const seq = this.all.length + 1;
    const event = { seq, text: text === "" ? `event ${seq}` : text };
    this.all.push(event);
    const sent = yield* this.events.send(event);
    if (sent.ok) this.acceptedAt.set(seq, now());
  }

  /** `count` events, one every `every` ms. */
  *happen(count: number, every: number): Async<void> {
    for (let i = 0; i < count; i += 1) {
      if (every > 0) yield* sleep(every);
      yield* this.happens();
    }
  }

  *visits(name: string, manners: Manners = {}): Async<void> {
    yield* this.clients.send(new Visitor(name, this.notes.clone(), manners));
  }

  eventsEnd(): void {
    if (this.moreEvents) this.events.drop();
    this.moreEvents = false;
  }

  clientsEnd(): void {
    if (this.moreClients) this.clients.drop();
    this.moreClients = false;
  }

  over(): void {
    this.eventsEnd();
    this.clientsEnd();
    this.notes.drop();
  }
}

function numbered(from: number, to: number, text = "event"): JournalEvent[] {
  return Array.from({ length: to - from + 1 }, (_, i) => ({ seq: from + i, text: `${text} ${from + i}` }));
}

function toLines(events: readonly JournalEvent[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join("");
}

/** Runs journalServerBuffered in a thread of its own, and the script beside it; when that is over, both inputs end. */
function serve(plan: Plan, script: (scene: Scene) => Async<void>): Run {
  const { path = "events.jsonl", old, flushMs, room = 4, patienceMs = 5_000 } = plan;
  if (old.length > 0) putFile(path, toLines(old));
  const opened = File.append(path);
  if (!opened.ok) throw new Error("the journal could not be opened");
  const journal = opened.value;
  const [events, inbox] = channel<JournalEvent>(room);
  const [clients, visits] = channel<Client>(8);
  const [notes, noted] = unboundedChannel<Note>();
  const [done, over] = unboundedChannel<number>();

  const server = spawn(
    () => {
      blockOn(journalServerBuffered(inbox, visits, journal, flushMs));
      done.send(now());
    },
    { name: "server" },
  );
  const scene = new Scene(old, events, clients, notes);
  const told = blockOn(
    (function* () {
      // Longer than any script takes where somebody takes events and clients.
      yield* timeout(20_000, script(scene));
      const endedAt = now();
      scene.over();
      const returned = yield* timeout(patienceMs, over.recv());
      return { endedAt, returned };
    })(),
  );
  if (told.returned.ok && !told.returned.value.ok) server.join();
  const returnedAt = told.returned.ok && told.returned.value.ok ? told.returned.value.value : -1;
  const seen: Note[] = [];
  for (let note = noted.tryRecv(); note.ok; note = noted.tryRecv()) seen.push(note.value);
  noted.drop();
  const { all, acceptedAt } = scene;
  return { path, all, acceptedAt, notes: seen, endedAt: told.endedAt, returnedAt, patienceMs };
}

/** `1 to 5, 7, 7`, or `none`. */
function list(numbers: readonly number[]): string {
  const parts: string[] = [];
  for (let i = 0; i < numbers.length;) {
    let j = i;
    while (j + 1 < numbers.length && numbers[j + 1] === (numbers[j] ?? 0) + 1) j += 1;
    parts.push(j > i + 1 ? `${numbers[i]} to ${numbers[j]}` : numbers.slice(i, j + 1).join(", "));
    i = j + 1;
  }
  return parts.length === 0 ? "none" : parts.join(", ");
}

function numbersOf(events: readonly JournalEvent[]): number[] {
  return events.map(({ seq }) => seq);
}

function seenBy(run: Run, client: string): JournalEvent[] {
  return run.notes.filter((note) => note.client === client && note.what === "got").map(({ event }) => event);
}

/** The client must have seen these events (all, if not told otherwise), each once, in order. */
function expectSeen(run: Run, client: string, happened: string, events = run.all): void {
  const seen = seenBy(run, client);
  expect(
    list(numbersOf(seen)) === list(numbersOf(events)),
    () =>
      `${happened}. Client ${client} should see the events ${list(numbersOf(events))}; it saw ${list(numbersOf(seen))}.`,
  );
  seen.forEach(({ seq, text }, i) => {
    const sent = brief(events[i]?.text);
    expect(
      text === sent,
      () =>
        `${happened}. The text of event ${seq} is ${JSON.stringify(sent)}; client ${client} got ${JSON.stringify(text)}.`,
    );
  });
}

function shorten(text: unknown): string {
  return JSON.stringify(brief(text));
}

function expectReturned(run: Run, happened = "Both inputs ended"): void {
  expect(
    run.returnedAt >= 0,
    () =>
      `${happened} at ${ms(run.endedAt)}. ${ms(run.patienceMs)} later journalServerBuffered had not returned.`,
  );
}

function parsed(line: string): Partial<JournalEvent> | null {
  try {
    return JSON.parse(line) as Partial<JournalEvent> | null;
  } catch {
    return null;
  }
}

/** The file must hold every event once, in order, one line of JSON for each. */
function expectJournal(run: Run, happened: string): void {
  const bytes = fileContent(run.path) ?? new Uint8Array();
  const lines = new TextDecoder().decode(bytes).split("\n");
  const rest = lines.pop() ?? "";
  expect(
    rest === "",
    () =>
      `${happened}. The journal does not end with a whole line: its last characters are ${shorten(rest)}, and no line break follows.`,
  );
  lines.forEach((line, i) => {
    expect(
      parsed(line)?.seq !== undefined,
      () => `${happened}. Line ${i + 1} of the journal is no event in JSON: ${shorten(line)}.`,
    );
  });
  const kept = lines.map((line) => parsed(line) ?? {});
  expect(
    list(kept.map(({ seq }) => seq ?? 0)) === list(numbersOf(run.all)),
    () =>
      `${happened}. The journal should hold the events ${list(numbersOf(run.all))}; it holds ${list(kept.map(({ seq }) => seq ?? 0))}.`,
  );
  kept.forEach(({ seq, text }, i) => {
    expect(
      text === run.all[i]?.text,
      () =>
        `${happened}. The text of event ${seq} is ${shorten(run.all[i]?.text)}; the journal says ${shorten(text)}.`,
    );
  });
}

/** From when the client was sent its first event until it had the last one that was in the file at that time. */
function replayOf(run: Run, client: string, last: number): { from: number; to: number } | null {
  const taken = run.notes.filter((note) => note.client === client && note.what === "got");
  const end = taken.find(({ event }) => event.seq === last);
  return taken[0] === undefined || end === undefined ? null : { from: taken[0].from, to: end.at };
}

/** The numbers of the events that a file of this content holds; a torn line at the end counts for nothing. */
function numbersIn(content: Uint8Array | null): number[] {
  const lines = new TextDecoder().decode(content ?? new Uint8Array()).split("\n");
  return lines.slice(0, -1).map((line) => parsed(line)?.seq ?? 0);
}

/** What the disk may take for a write and a sync, in checks that set it so. */
const DISK_MS = 2;
const DISK = { openMs: 0.1, readMs: 0.1, writeMs: 0.1, syncMs: 0.5, pageMs: 0 };

/** At each instant at which something changed, and just before: what may be lost must be young. */
function expectSafe(run: Run, flushMs: number, happened: string, from = 0): void {
  const instants = crashPoints(run.path).filter((at) => at >= from);
  for (const at of [...instants, run.endedAt]) {
    // Just before this instant the file was as the instant before it had left it.
    const before = Math.max(0, at - 0.000_1);
    const least = Math.max(0, ...numbersIn(diskAfterCrash(run.path, before)[0] ?? null));
    for (const [seq, came] of run.acceptedAt) {
      const age = before - came;
      expect(
        seq <= least || age <= flushMs + DISK_MS,
        () =>
          `${happened}. Event ${seq} came at ${ms(came)}, and was to be safe ${ms(flushMs)} later. A crash at ${ms(Math.round(before * 1_000) / 1_000)} would have lost it.`,
      );
    }
  }
}

check(
  "safe",
  "An event is written and synced at most flushMs after it came",
  () => {
    disk(DISK);
    const few = serve({ old: numbered(1, 2), flushMs: 50 }, function* (scene) {
      yield* sleep(7);
      yield* scene.happen(2, 1);
      yield* sleep(130);
      yield* scene.happens();
      yield* sleep(90);
    });
    expectReturned(few);
    expectSafe(few, 50, "Two events came, and later a third");
    expectJournal(few, "Two events came, and later a third");

    const steady = serve({ path: "steady.jsonl", old: [], flushMs: 40 }, function* (scene) {
      yield* scene.happen(12, 15);
      yield* sleep(60);
    });
    expectSafe(steady, 40, "An event came every 15 ms, and flushMs was 40 ms");
  },
  { explain: "A file that was written and not synced is still in memory: a crash takes it." },
);

check(
  "buffered",
  "Events that come together are written and synced together",
  () => {
    const run = serve({ old: [], flushMs: 100 }, function* (scene) {
      yield* scene.happen(20, 4);
      yield* sleep(300);
    });
    const files = fileEvents(run.path);
    for (const what of ["write", "sync"] as const) {
      const count = files.filter((event) => event.what === what).length;
      expect(
        count <= 8,
        () =>
          `20 events came in 80 ms, and flushMs was 100 ms. The journal was ${what === "write" ? "written" : "synced"} ${count} times; two would do.`,
      );
    }
    expectJournal(run, "20 events came in 80 ms");
  },
  { runs: 10 },
);

check("before-replay", "A client that comes sees also what has not been flushed yet, once", () => {
  const run = serve({ old: numbered(1, 2), flushMs: 10_000 }, function* (scene) {
    yield* scene.happen(3, 2);
    yield* sleep(5);
    yield* scene.visits("a", { paceMs: 1 });
    yield* sleep(30);
  });
  const happened = "Two events were in the file and three had come since; the next flush was far away";
  const early = run.notes.filter((note) => note.what === "got" && note.at <= run.endedAt);
  expect(
    list(numbersOf(early.map(({ event }) => event))) === "1 to 5",
    () =>
      `${happened}. Client a should see the events 1 to 5; 30 ms after it came it had seen ${list(numbersOf(early.map(({ event }) => event)))}.`,
  );
  const seen = run.notes.find(({ event }) => event.seq === 5)?.from ?? 0;
  const safe = numbersIn(diskAfterCrash(run.path, seen)[0] ?? null);
  expect(
    safe.includes(5),
    () =>
      `${happened}. Client a saw event 5 in its replay, at ${ms(seen)}, when it was not synced: a crash would have left the events ${list(safe)}.`,
  );
  expectSeen(run, "a", happened);
});

check(
  "race",
  "Whenever a client comes, it sees each event exactly once, in order",
  () => {
    disk({ readMs: 1, writeMs: 1, syncMs: 2 });
    const run = serve({ old: numbered(1, 3), flushMs: 10, room: 2 }, (scene) =>
      (function* () {
        yield* join(
          scene.happen(8, 3),
          (function* () {
            yield* scene.visits("a", { paceMs: 1 });
            yield* sleep(8);
            yield* scene.visits("b", { paceMs: 2 });
            yield* scene.visits("c", { stays: 6 });
            yield* sleep(17);
            yield* scene.visits("d", { paceMs: 1 });
          })(),
        );
        yield* sleep(120);
      })(),
    );
    const happened = "An event came every 3 ms while clients connected, and flushMs was 10 ms";
    expectReturned(run);
    for (const client of ["a", "b", "d"]) expectSeen(run, client, happened);
    expectSeen(run, "c", `${happened}; client c left after six`, run.all.slice(0, 6));
    expectJournal(run, happened);
    const knock = run.notes.find(({ what }) => what === "knocked");
    expect(
      knock === undefined,
      () =>
        `Client c had answered "gone". At ${ms(knock?.at ?? 0)} it was sent event ${knock?.event.seq ?? 0} all the same.`,
    );
  },
  { runs: 40 },
);

check("pause", "While a client gets its replay, events stay in the channel", () => {
  const run = serve({ old: numbered(1, 12), flushMs: 20, room: 2 }, function* (scene) {
    yield* scene.visits("a", { paceMs: 8 });
    yield* sleep(5);
    yield* scene.happen(7, 4);
    yield* sleep(200);
  });
  const replay = replayOf(run, "a", 12);
  expectSeen(run, "a", "Seven events came during a replay");
  if (replay === null) return;
  const { from, to } = replay;
  const accepted = [...run.acceptedAt.values()].filter((at) => at < to - 0.001).length;
  expect(
    accepted <= 3,
    () =>
      `Client a got its replay from ${ms(from)} to ${ms(to)}. The channel has room for 2, and ${accepted} events went into it in that time: the server took ${accepted - 2} out. They should have waited there; one at most may be taken.`,
  );
});

check(
  "slow",
  "A slow live client gets everything, and does not keep others' events off the disk",
  () => {
    disk(DISK);
    const run = serve({ old: numbered(1, 2), flushMs: 20, room: 1 }, function* (scene) {
      yield* scene.visits("slow", { paceMs: 70 });
      yield* scene.visits("quick");
      yield* sleep(170);
      yield* scene.happens();
      yield* sleep(400);
    });
    const happened = "An event came while a live client takes 70 ms for each; flushMs was 20 ms";
    expectReturned(run);
    for (const client of ["slow", "quick"]) expectSeen(run, client, happened);
    expectSafe(run, 20, happened);

    const many = serve({ path: "many.jsonl", old: [], flushMs: 20, room: 1 }, function* (scene) {
      yield* scene.visits("slow", { paceMs: 30 });
      yield* sleep(10);
      yield* scene.happen(4, 3);
      yield* sleep(250);
    });
    expectSeen(many, "slow", "Four events came in 12 ms, and the client takes 30 ms for each");
    const crowded = many.notes.find(({ what }) => what === "crowded");
    expect(
      crowded === undefined,
      () =>
        `Client slow was sent event ${crowded?.event.seq ?? 0} at ${ms(crowded?.at ?? 0)}, before it had taken the one before.`,
    );
  },
  { explain: "Whoever waits for a slow client holds events in memory. They should be safe by then." },
);

check(
  "one-ends",
  "When one input has ended, the other is served on, and the flush too",
  () => {
    disk(DISK);
    const run = serve({ old: numbered(1, 2), flushMs: 30 }, function* (scene) {
      yield* scene.happen(2, 0);
      scene.eventsEnd();
      yield* sleep(100);
      yield* scene.visits("a");
      yield* sleep(30);
    });
    const noMore = "Two events came, and then there were to be no more; a client came later";
    expectReturned(run);
    expectSafe(run, 30, noMore);
    expectSeen(run, "a", noMore);

    const late = serve({ path: "second.jsonl", old: [], flushMs: 30 }, function* (scene) {
      yield* scene.visits("b");
      scene.clientsEnd();
      yield* sleep(20);
      yield* scene.happen(2, 0);
      yield* sleep(100);
    });
    const onlyOne = "One client came, then there were to be no more; after that two events came";
    expectReturned(late);
    expectSeen(late, "b", onlyOne);
    expectSafe(late, 30, onlyOne);
  },
  { callsMax: 3_000 },
);

check("end", "At the end everything is written and synced, and nothing is left", () => {
  const threads = liveThreads();
  const tasks = liveTasks();
  const run = serve({ old: numbered(1, 3), flushMs: 10_000 }, function* (scene) {
    yield* scene.visits("a");
    yield* sleep(10);
    yield* scene.happen(3, 0);
  });
  const happened = "Both inputs ended long before the next flush was due";
  expectReturned(run);
  expect(
    run.returnedAt - run.endedAt <= 40 && run.returnedAt >= run.endedAt,
    () => `${happened}, at ${ms(run.endedAt)}. journalServerBuffered returned at ${ms(run.returnedAt)}.`,
  );
  expectJournal(run, happened);
  expectSeen(run, "a", happened);
  const safe = numbersIn(diskAfterCrash(run.path)[0] ?? null);
  expect(
    list(safe) === "1 to 6",
    () =>
      `${happened}. When journalServerBuffered had returned, the events ${list(safe)} were synced; the file holds 1 to 6.`,
  );
  blockOn(sleep(1));
  const left = liveTasks() - tasks + liveThreads() - threads;
  expect(
    left === 0,
    () =>
      `1 ms after journalServerBuffered had returned, ${left === 1 ? "a task or thread" : `${left} tasks and threads`} of it ${left === 1 ? "was" : "were"} still alive.`,
  );
});

/** Kernel calls that waiting may cost: ticks of a clock that finds nothing to flush are allowed. */
const CALLS_MAX = 100;

check(
  "no-spinning",
  "Waiting costs nothing, also when one input has ended",
  () => {
    for (const ended of ["events", "clients"] as const) {
      serve({ path: `${ended}.jsonl`, old: [], flushMs: 200 }, function* (scene) {
        if (ended === "clients") yield* scene.happens();
        if (ended === "events") scene.eventsEnd();
        else scene.clientsEnd();
        yield* sleep(300);
        const before = kernelCalls();
        yield* sleep(500);
        const used = kernelCalls() - before;
        expect(
          used < CALLS_MAX,
          () =>
            `The ${ended} had ended, and nothing else came for 500 ms; flushMs was 200 ms. In that time ${used} kernel calls were made: somebody asks again and again.`,
        );
      });
    }
  },
  { callCostNs: 1_000_000, runs: 10, explain: "In this check every kernel call takes 1 ms." },
);
