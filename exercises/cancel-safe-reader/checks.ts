import { check, connectPeer, expect, ms, network, now, type PeerStep } from "check";
import { type Async, blockOn, type Context, Future, Poll, select } from "rt";
import { AsyncTcpStream } from "rt/net";
import { Instant, intervalAt, sleep, timeout } from "rt/time";
import { TcpListener } from "std/net";
import { Lines } from "./main";

/** A connection whose other side follows a script. All times are milliseconds since it was made. */
interface Session {
  lines: Lines;
  began: number;
}

type Sent = readonly [atMs: number, data: string | Uint8Array];

function send(...pieces: readonly Sent[]): PeerStep[] {
  return pieces.map(([atMs, data]) => ({ atMs, send: data }));
}

network({ latencyMs: 0 });

/** The other side follows `steps`, and leaves 200 ms after the last of them: no call waits for ever. */
function open(...steps: readonly PeerStep[]): Session {
  const bound = TcpListener.bind(0);
  if (!bound.ok) throw new Error("no free port");
  using listener = bound.value;
  const last = steps.at(-1)?.atMs ?? 0;
  const began = now();
  connectPeer(listener.port, [...steps, { atMs: last + 200, close: true }]);
  const accepted = listener.accept();
  if (!accepted.ok) throw new Error("nobody connected");
  return { lines: new Lines(AsyncTcpStream.fromStd(accepted.value)), began };
}

/** What one `next()` that was waited for gave, and when. */
interface Answer {
  value: unknown;
  at: number;
}

/** How a check goes through the lines. */
interface Way {
  /** How many answers it takes. */
  answers: number;
  /** A tick that drops `next()`, each time. */
  tickMs?: number;
  /** How long it is busy with each line, away from `next()`. */
  busyMs?: number;
}

interface Followed {
  answers: Answer[];
  ticks: number;
  /** When it stopped. */
  until: number;
}

/** Longest time, milliseconds, without an answer. */
const PATIENCE = 600;

/** Takes lines in a select with a tick, as the exercise says. */
function* following({ lines, began }: Session, way: Way): Async<Followed> {
  const answers: Answer[] = [];
  let ticks = 0;
  const { tickMs = PATIENCE, busyMs = 0 } = way;
  const clock = intervalAt(Instant.now().add(tickMs), tickMs);
  let since = now();
  while (answers.length < way.answers && now() - since < PATIENCE) {
    const next: Future<unknown> = lines.next();
    const won = yield* select({ tick: clock.tick(), line: next });
    if (won.branch === "tick") ticks += 1;
    else {
      answers.push({ value: won.value, at: now() - began });
      since = now();
      if (busyMs > 0) yield* sleep(busyMs);
    }
  }
  return { answers, ticks, until: now() - began };
}

function follow(session: Session, way: Way): Followed {
  return blockOn(following(session, way));
}

/** Long texts are shown by their ends. */
function show(value: unknown): string {
  const text = value === undefined ? "undefined" : JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 24)}…${text.slice(-24)}`;
}

/** What next answered, in words: `the line "a"`, `"closed"`. */
function told(answer: unknown): string {
  if (typeof answer !== "object" || answer === null || !("ok" in answer))
    return `${show(answer)}, which is no Result`;
  if (answer.ok === true && "value" in answer) return `the line ${show(answer.value)}`;
  if (answer.ok === false && "error" in answer) return show(answer.error);
  return `${show(answer)}, which is no Result`;
}

/** One line, or "closed", and when it could be had; without a time it does not matter. */
type Expected = readonly [line: string | null, at?: number];

function isRight(answer: unknown, line: string | null): boolean {
  if (typeof answer !== "object" || answer === null || !("ok" in answer)) return false;
  if (line === null) return answer.ok === false && "error" in answer && answer.error === "closed";
  return answer.ok === true && "value" in answer && answer.value === line;
}

/** Virtual time is exact, the numbers that carry it are not quite. */
function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) < 0.000_1;
}

const COUNTED = ["first", "second", "third"];

function nth(index: number): string {
  return COUNTED[index] ?? `${index + 1}th`;
}

function expectAnswers(
  { answers, until }: Pick<Followed, "answers" | "until">,
  expected: readonly Expected[],
  story: string,
): void {
  for (const [index, [line, at]] of expected.entries()) {
    const right = line === null ? '"closed"' : `the line ${show(line)}`;
    const answer = answers[index];
    if (answer === undefined)
      return expect(false, `${story} The ${nth(index)} answer, ${right}, had not come at ${ms(until)}.`);
    const said = `The ${nth(index)} answer of next() was ${told(answer.value)}, at ${ms(answer.at)}`;
    expect(isRight(answer.value, line), () => `${story} ${said}, not ${right}.`);
    expect(
      at === undefined || isSame(answer.at, at),
      () => `${story} ${said}; it could have been there at ${ms(at ?? 0)}.`,
    );
  }
}

/** How many bytes a read gives, and which branch is asked first, is tried out. */
const SEARCHED = { runs: 20 };

/** A read gives all that is there, so that the pieces are those of the script. */
function readWholePieces(): void {
  network({ shortTransfers: false });
}

/** `text` in pieces of `size` characters, the first at `from`, then one each `every` ms; and when the last one comes. */
function drip(text: string, size: number, from: number, every: number): { pieces: Sent[]; last: number } {
  const pieces: Sent[] = [];
  for (let at = 0; at < text.length; at += size)
    pieces.push([from + (at / size) * every, text.slice(at, at + size)]);
  return { pieces, last: pieces.at(-1)?.[0] ?? from };
}

check(
  "lines",
  "When nobody drops it, every line comes as soon as it is there",
  () => {
    const pieces = send(
      [10.25, "one\n"],
      [20, "tw"],
      [31, "o\n\nfour\nfi"],
      [40, "ve"],
      [52, "\n  six \nseven"],
      [60, "\n"],
    );
    const story =
      'Nothing dropped next(). The other side sent "one\\n" at 10.25 ms, "tw" at 20, "o\\n\\nfour\\nfi" at 31, "ve" at 40, "\\n  six \\nseven" at 52, "\\n" at 60.';
    expectAnswers(
      follow(open(...pieces), { answers: 7 }),
      [
        ["one", 10.25],
        ["two", 31],
        ["", 31],
        ["four", 31],
        ["five", 52],
        ["  six ", 52],
        ["seven", 60],
      ],
      story,
    );

    const long = `${"0123456789".repeat(150)} is the end`;
    const read = follow(open(...send([20, `${long}\n`])), { answers: 1 });
    expectAnswers(read, [[long, 20]], `A line of ${long.length} bytes came at 20 ms.`);
  },
  { ...SEARCHED, clock: "idle" },
);

check(
  "tick",
  "With a tick every 10 ms beside it, no byte is lost",
  () => {
    for (const [line, size, every] of [
      ["in two pieces", 7, 36],
      ["letter by letter", 1, 7],
    ] as const) {
      const { pieces, last } = drip(`${line}\nnext\n`, size, 4, every);
      const end = 4 + Math.floor(line.length / size) * every;
      const read = follow(open(...send(...pieces)), { answers: 2, tickMs: 10 });
      const story = `The lines ${show(line)} and "next" came in ${pieces.length} pieces, one every ${ms(every)}, while a tick every 10 ms dropped next() ${read.ticks} times.`;
      expectAnswers(
        read,
        [
          [line, end],
          ["next", last],
        ],
        story,
      );
    }
  },
  {
    clock: "idle",
    ...SEARCHED,
    explain:
      "A future that loses a select is dropped, with all its variables. What was taken out of the connection by then is nowhere else.",
  },
);

check(
  "same-instant",
  "Where a line and a tick come at the same instant, the line comes once",
  () => {
    const pieces = send([10, "a"], [20, "\nb\nc"], [30, "c\n"], [40, "d\ne\nf\ng\n"], [60, "h\n"]);
    const expected = ["a", "b", "cc", "d", "e", "f", "g", "h"];
    const story = (ticks: number): string =>
      `Pieces came at 10, 20, 30, 40 and 60 ms: "a", "\\nb\\nc", "c\\n", "d\\ne\\nf\\ng\\n", "h\\n". There were ${ticks} ticks, one every 10 ms.`;
    const times = [20, 20, 30, 40, 40, 40, 40, 60];
    const read = follow(open(...pieces), { answers: 8, tickMs: 10 });
    expectAnswers(
      read,
      expected.map((line, index): Expected => [line, times[index]]),
      story(read.ticks),
    );

    const slow = follow(open(...pieces), { answers: 8, tickMs: 10, busyMs: 20 });
    expectAnswers(
      slow,
      expected.map((line): Expected => [line]),
      `${story(slow.ticks)} Each line took the program 20 ms, so that a tick was always due when it called next() again.`,
    );
  },
  {
    clock: "idle",
    ...SEARCHED,
    explain:
      "Where two branches of a select are ready, either may win, and the other one is dropped: perhaps before it was polled at all.",
  },
);

/** Polls `future` at most so often, and drops it where it is not ready by then. */
class Impatient extends Future<Answer | null> {
  private readonly future: Future<unknown>;
  private readonly began: number;
  private left: number;

  constructor(future: Future<unknown>, polls: number, began: number) {
    super();
    this.future = future;
    this.left = polls;
    this.began = began;
  }

  override poll(cx: Context): Poll<Answer | null> {
    if (this.left > 0) {
      this.left -= 1;
      const poll = this.future.poll(cx);
      if (poll.ready) return Poll.ready({ value: poll.value, at: now() - this.began });
      if (this.left > 0) return Poll.pending;
    }
    this.future.drop();
    return Poll.ready(null);
  }

  override drop(): void {
    this.future.drop();
  }
}

/** Calls next() every 3 ms: one in two is dropped unpolled, the others after one poll or two. */
function* hurrying({ lines, began }: Session, count: number): Async<Followed> {
  const answers: Answer[] = [];
  const polls = [1, 0, 2, 0];
  for (let call = 0; answers.length < count && now() - began < PATIENCE; call += 1) {
    const got = yield* new Impatient(lines.next(), polls[call % polls.length] ?? 1, began);
    if (got !== null) answers.push(got);
    else yield* sleep(3);
  }
  return { answers, ticks: 0, until: now() - began };
}

check(
  "any-time",
  "It may be dropped at any time: before its first poll, or after each",
  () => {
    const { pieces } = drip("one\ntwo\n\nthree and a half\nlast\n", 3, 2, 5);
    const story =
      'The lines "one", "two", "", "three and a half" and "last" came, 3 bytes every 5 ms. Every next() was dropped after at most two polls, one in two before its first.';
    const read = blockOn(hurrying(open(...send(...pieces)), 5));
    expectAnswers(read, [["one"], ["two"], [""], ["three and a half"], ["last"]], story);
  },
  {
    ...SEARCHED,
    explain: "A future does nothing before it is polled. So what was never polled must have taken nothing.",
  },
);

check(
  "characters",
  "A drop inside of a character loses neither half",
  () => {
    readWholePieces();
    const line = "Zoë: 3 € 日 😀";
    const bytes = new TextEncoder().encode(`${line}\n`);
    const pieces = Array.from(bytes, (_, at): Sent => [5 + at * 20, bytes.subarray(at, at + 1)]);
    const last = pieces.at(-1)?.[0] ?? 0;
    const story = `The line ${show(line)}, ${bytes.length} bytes, came byte by byte, the last of them at ${ms(last)}.`;
    const whole = follow(open(...send(...pieces)), { answers: 1 });
    expectAnswers(whole, [[line, last]], `${story} Nothing dropped next().`);
    const read = follow(open(...send(...pieces)), { answers: 1, tickMs: 10 });
    expectAnswers(read, [[line, last]], `${story} A tick every 10 ms dropped next() ${read.ticks} times.`);
  },
  {
    clock: "idle",
    // A connection with a piece for each byte is a long run, and only the select leaves anything open.
    runs: 12,
    explain: "In UTF-8 a character takes one to four bytes, and a read may end behind any of them.",
  },
);

check(
  "closed",
  "When the connection has ended, the lines that are left come first",
  () => {
    const steps = [...send([6, "first\nsecond\nno li"], [16, "ne"]), { atMs: 47, close: true } as const];
    const story =
      'The other side sent "first\\nsecond\\nno line", without a last "\\n", and closed at 47 ms; a tick came every 10 ms.';
    expectAnswers(
      follow(open(...steps), { answers: 4, tickMs: 10 }),
      [
        ["first", 6],
        ["second", 6],
        [null, 47],
        [null, 47],
      ],
      story,
    );

    const cut = follow(open({ atMs: 33, reset: true }), { answers: 1, tickMs: 10 });
    expectAnswers(cut, [[null, 33]], "The other side cut the connection off at 33 ms.");
  },
  { ...SEARCHED, clock: "idle" },
);

/** Waits for a line of the one, then of the other, 10 ms at most each time. */
function* alternating(sessions: readonly Session[]): Async<Followed[]> {
  const all = sessions.map((): Followed => ({ answers: [], ticks: 0, until: 0 }));
  for (let turn = 0; turn < 20; turn += 1) {
    for (const [index, { lines, began }] of sessions.entries()) {
      const next: Future<unknown> = lines.next();
      const got = yield* timeout(10, next);
      const followed = all[index];
      if (followed === undefined) continue;
      followed.until = now() - began;
      if (got.ok) followed.answers.push({ value: got.value, at: now() - began });
    }
  }
  return all;
}

check(
  "two-readers",
  "Two readers do not get into each other's way",
  () => {
    const left = open(...send([4, "left 1\nleft"], [64, " 2\n"]));
    const right = open(...send([8, "right 1\nri"], [82, "ght 2\n"]));
    const story =
      'Two connections, a reader for each, asked in turn for 10 ms. Over one came "left 1" and "left 2", over the other "right 1" and "right 2".';
    const [ofLeft, ofRight] = blockOn(alternating([left, right]));
    if (ofLeft === undefined || ofRight === undefined) throw new Error("two sessions were given");
    expectAnswers(ofLeft, [["left 1"], ["left 2"]], story);
    expectAnswers(ofRight, [["right 1"], ["right 2"]], story);
  },
  SEARCHED,
);
