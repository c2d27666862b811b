import {
  check,
  defaults,
  disk,
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
import { type Client, type JournalEvent, journalServer } from "./main";

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

/** Runs journalServer in a thread of its own, and the script beside it; when that is over, both inputs end. */
function serve(plan: Plan, script: (scene: Scene) => Async<void>): Run {
  const { path = "events.jsonl", old, room = 4, patienceMs = 5_000 } = plan;
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
      blockOn(journalServer(inbox, visits, journal));
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
    () => `${happened} at ${ms(run.endedAt)}. ${ms(run.patienceMs)} later journalServer had not returned.`,
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

/** What reacts at once has done it by then; generous, for what the disk takes. */
const SOON_MS = 40;

check("journal", "Every event is written down as it comes, one line of JSON each", () => {
  const happened = "Five events came, and no client";
  const texts = ["plain", 'a "quoted" one', "two\nlines", "5 µm, 3 €", "{}\\n"];
  const run = serve({ old: numbered(1, 2) }, function* (scene) {
    for (const text of texts) yield* scene.happens(text);
  });
  expectReturned(run);
  expectJournal(run, `${happened}; two were in the file before`);

  const fresh = serve({ path: "fresh.jsonl", old: [] }, function* (scene) {
    for (const text of texts) {
      yield* scene.happens(text);
      yield* sleep(SOON_MS + 5);
    }
  });
  expectJournal(fresh, `${happened}; the file was empty before`);
  for (const [seq, at] of fresh.acceptedAt) {
    const kept = new TextDecoder().decode(fileContent(fresh.path, at + SOON_MS) ?? new Uint8Array());
    expect(
      kept.split("\n").length > seq,
      () => `Event ${seq} came at ${ms(at)}. At ${ms(at + SOON_MS)} it was not in the journal.`,
    );
  }
});

check(
  "replay",
  "A client sees everything that is in the file, from the first event on",
  () => {
    const run = serve({ old: numbered(1, 9) }, function* (scene) {
      yield* scene.visits("a");
      yield* sleep(20);
      yield* scene.visits("b", { paceMs: 3 });
      yield* scene.visits("c");
      yield* sleep(60);
    });
    for (const client of ["a", "b", "c"])
      expectSeen(run, client, "The file held nine events, and no new one came");

    const long = serve({ path: "long.jsonl", old: numbered(1, 8, "ü€".repeat(1_750)) }, function* (scene) {
      yield* scene.visits("d");
      yield* sleep(20);
    });
    expectSeen(long, "d", "The file held 69 KiB, more than one read returns");

    const empty = serve({ path: "empty.jsonl", old: [] }, function* (scene) {
      yield* scene.visits("e");
      yield* sleep(20);
      yield* scene.happens("the first");
      yield* sleep(20);
    });
    expectSeen(empty, "e", "The file was empty when the client came; one event followed");
  },
  { runs: 10 },
);

check("live", "A client that has had its replay sees what happens from then on", () => {
  const run = serve({ old: numbered(1, 3) }, function* (scene) {
    yield* scene.visits("a");
    yield* sleep(10);
    yield* scene.happen(2, 10);
    yield* scene.visits("b");
    yield* sleep(30);
    yield* scene.happen(3, 25);
    yield* sleep(60);
  });
  const happened = "Three events were in the file, and five more came";
  expectSeen(run, "a", happened);
  expectSeen(run, "b", happened);
  for (const { client, what, event, at } of run.notes) {
    const came = run.acceptedAt.get(event.seq);
    if (what !== "got" || came === undefined || (client === "b" && event.seq <= 5)) continue;
    expect(
      at - came <= SOON_MS,
      () =>
        `Event ${event.seq} came at ${ms(came)}. Client ${client} was connected and idle, and got it at ${ms(at)}.`,
    );
  }
});

check(
  "race",
  "Whenever a client comes, it sees each event exactly once, in order",
  () => {
    disk({ readMs: 2, writeMs: 1 });
    const run = serve({ old: numbered(1, 3), room: 2 }, (scene) =>
      (function* () {
        yield* join(
          scene.happen(8, 3),
          (function* () {
            yield* scene.visits("a", { paceMs: 1 });
            yield* sleep(6);
            yield* scene.visits("b", { paceMs: 2 });
            yield* scene.visits("c");
            yield* sleep(21);
            yield* scene.visits("d", { paceMs: 1 });
          })(),
        );
        yield* sleep(150);
      })(),
    );
    const happened = "An event came every 3 ms while clients connected";
    expectReturned(run);
    for (const client of ["a", "b", "c", "d"]) expectSeen(run, client, happened);
    expectJournal(run, happened);
  },
  {
    runs: 40,
    explain:
      "Between the end of the replay and the first live event there may be neither a gap nor an overlap.",
  },
);

/** From when the client was sent its first event until it had the last one that was in the file at that time. */
function replayOf(run: Run, client: string, last: number): { from: number; to: number } | null {
  const taken = run.notes.filter((note) => note.client === client && note.what === "got");
  const end = taken.find(({ event }) => event.seq === last);
  return taken[0] === undefined || end === undefined ? null : { from: taken[0].from, to: end.at };
}

check(
  "pause",
  "While a client gets its replay, events stay in the channel",
  () => {
    for (const room of [1, 3]) {
      const run = serve({ path: `room-${room}.jsonl`, old: numbered(1, 12), room }, function* (scene) {
        yield* scene.visits("a", { paceMs: 8 });
        yield* sleep(5);
        yield* scene.happen(9, 4);
        yield* sleep(150);
      });
      const happened = "Nine events came during a replay";
      const replay = replayOf(run, "a", 12);
      expectSeen(run, "a", happened);
      if (replay === null) return;
      const accepted = [...run.acceptedAt.values()].filter((at) => at < replay.to - 0.001).length;
      expect(
        accepted <= room + 1,
        () =>
          `Client a got its replay from ${ms(replay.from)} to ${ms(replay.to)}. The channel has room for ${room}, and ${accepted} events went into it in that time: the server took ${accepted - room} out. They should have waited there; one at most may be taken.`,
      );
    }
  },
  {
    runs: 24,
    explain:
      "Where events wait in the channel, a fast sender is slowed down. Where they are gathered in memory during a replay, nothing slows it down.",
  },
);

check(
  "not-while-read",
  "The journal is never written while it is read",
  () => {
    disk({ readMs: 5, writeMs: 1 });
    const run = serve({ old: numbered(1, 6), room: 3 }, (scene) =>
      (function* () {
        yield* join(
          scene.happen(8, 4),
          (function* () {
            yield* sleep(6);
            yield* scene.visits("a", { paceMs: 1 });
            yield* sleep(30);
            yield* scene.visits("b");
          })(),
        );
        yield* sleep(150);
      })(),
    );
    const files = fileEvents(run.path);
    for (const client of ["a", "b"]) {
      const last = run.notes.find((it) => it.client === client && it.what === "got" && it.event.seq === 6);
      expect(
        last !== undefined,
        () => `Client ${client} never got event 6, the last one that was in the file when it came.`,
      );
      if (last === undefined) return;
      const reads = files
        .map((event, i) => ({ event, i }))
        .filter(({ event }) => event.what === "read" && event.ms <= last.at);
      const first = reads.findLast(({ event }) => event.at === 0);
      const end = reads.at(-1);
      if (first === undefined || end === undefined) continue;
      const write = files.slice(first.i, end.i).find(({ what }) => what === "write");
      expect(
        write === undefined,
        () =>
          `The journal was read for client ${client} from ${ms(first.event.ms)} to ${ms(end.event.ms)}, in several reads. At ${ms(write?.ms ?? 0)}, between two of them, something was written into it.`,
      );
    }
  },
  { runs: 24 },
);

function expectForgotten(run: Run, client: string): void {
  const knocks = run.notes.filter((note) => note.client === client && note.what === "knocked");
  const [knock] = knocks;
  expect(
    knock === undefined,
    () =>
      `Client ${client} had answered "gone". At ${ms(knock?.at ?? 0)} it was sent event ${knock?.event.seq ?? 0} all the same${knocks.length > 1 ? `, and ${knocks.length - 1} more after that` : ""}.`,
  );
}

check("leaver", "A client that leaves is forgotten, and nobody else notices", () => {
  const run = serve({ old: numbered(1, 6), room: 2 }, (scene) =>
    (function* () {
      yield* scene.visits("a");
      yield* sleep(5);
      yield* join(
        scene.happen(6, 9),
        (function* () {
          yield* scene.visits("b", { paceMs: 4, stays: 3 });
          yield* scene.visits("c", { stays: 8 });
          yield* scene.visits("d", { stays: 0 });
          yield* scene.visits("e", { paceMs: 1 });
        })(),
      );
      yield* sleep(100);
    })(),
  );
  const happened = "Client b left in the middle of its replay, c when it was live, d at once";
  expectReturned(run);
  expectSeen(run, "a", happened);
  expectSeen(run, "e", happened);
  expectSeen(run, "b", happened, run.all.slice(0, 3));
  expectSeen(run, "c", happened, run.all.slice(0, 8));
  expectJournal(run, happened);
  for (const client of ["b", "c", "d"]) expectForgotten(run, client);
});

check(
  "slow",
  "A slow live client gets everything in order, and so does everybody else",
  () => {
    const run = serve({ old: numbered(1, 2), room: 2 }, function* (scene) {
      yield* scene.visits("slow", { paceMs: 25 });
      yield* scene.visits("quick");
      yield* sleep(80);
      yield* scene.happen(6, 3);
      yield* sleep(300);
    });
    const happened = "An event came every 3 ms, and client slow takes 25 ms for each";
    expectReturned(run);
    const crowded = run.notes.find(({ what }) => what === "crowded");
    expect(
      crowded === undefined,
      () =>
        `Client ${crowded?.client ?? ""} was sent event ${crowded?.event.seq ?? 0} at ${ms(crowded?.at ?? 0)}, before it had taken the one before.`,
    );
    for (const client of ["slow", "quick"]) expectSeen(run, client, happened);
    expectJournal(run, happened);
  },
  { runs: 30 },
);

check(
  "one-ends",
  "When one input has ended, the other is served on",
  () => {
    const eventsFirst = serve({ old: numbered(1, 2) }, function* (scene) {
      yield* scene.happen(2, 3);
      scene.eventsEnd();
      yield* sleep(30);
      yield* scene.visits("a");
      yield* sleep(30);
      yield* scene.visits("b");
      yield* sleep(30);
    });
    const noMore = "The events had ended, and then two clients came";
    expectReturned(eventsFirst);
    for (const client of ["a", "b"]) expectSeen(eventsFirst, client, noMore);

    const clientsFirst = serve({ path: "second.jsonl", old: numbered(1, 2) }, function* (scene) {
      yield* scene.visits("a");
      scene.clientsEnd();
      yield* sleep(30);
      yield* scene.happen(3, 10);
      yield* sleep(30);
    });
    const onlyOne = "One client came, then there were to be no more; after that three events came";
    expectReturned(clientsFirst);
    expectSeen(clientsFirst, "a", onlyOne);
    expectJournal(clientsFirst, onlyOne);
  },
  { callsMax: 3_000 },
);

/** Kernel calls that waiting may cost, however long it takes. */
const CALLS_MAX = 60;

check(
  "no-spinning",
  "Waiting costs nothing, also when one input has ended",
  () => {
    for (const ended of ["neither", "events", "clients"] as const) {
      let used = 0;
      serve({ path: `${ended}.jsonl`, old: [] }, function* (scene) {
        if (ended === "events") scene.eventsEnd();
        if (ended === "clients") scene.clientsEnd();
        yield* sleep(60);
        const before = kernelCalls();
        yield* sleep(400);
        used = kernelCalls() - before;
        expect(
          used < CALLS_MAX,
          () =>
            `${ended === "neither" ? "Nothing came" : `The ${ended} had ended, and nothing else came`} for 400 ms. In that time ${used} kernel calls were made: somebody asks again and again.`,
        );
      });
    }
  },
  {
    callCostNs: 1_000_000,
    runs: 20,
    explain:
      "In this check every kernel call takes 1 ms. An input that has ended is always ready to say so; whoever goes on asking it never sleeps.",
  },
);

check("returns", "When both inputs have ended, it returns, and nothing is left", () => {
  const threads = liveThreads();
  const tasks = liveTasks();
  for (const [name, events] of [
    ["quiet", 0],
    ["busy", 4],
  ] as const) {
    const run = serve({ path: `${name}.jsonl`, old: numbered(1, 3) }, function* (scene) {
      yield* scene.visits("a");
      yield* sleep(10);
      yield* scene.happen(events, 0);
    });
    expectReturned(run);
    expect(
      run.returnedAt - run.endedAt <= SOON_MS,
      () =>
        `Both inputs ended at ${ms(run.endedAt)}, with at most ${events} events still in the channel. journalServer returned at ${ms(run.returnedAt)}.`,
    );
    expect(
      run.returnedAt >= run.endedAt,
      () =>
        `Both inputs ended at ${ms(run.endedAt)}. journalServer returned before, at ${ms(run.returnedAt)}.`,
    );
    expectSeen(run, "a", "The inputs ended while events were still in the channel");
    expectJournal(run, "The inputs ended while events were still in the channel");
    blockOn(sleep(1));
    const left = liveTasks() - tasks + liveThreads() - threads;
    expect(
      left === 0,
      () =>
        `1 ms after journalServer had returned, ${left === 1 ? "a task or thread" : `${left} tasks and threads`} of it ${left === 1 ? "was" : "were"} still alive.`,
    );
  }
});
