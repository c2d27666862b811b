import { check, defaults, connectPeer, expect, ms, network, now, type PeerStep } from "check";
import { TcpListener, type TcpStream } from "std/net";
import { sleep } from "std/thread";
import { LineReader } from "./main";

// Every check here measures time.
defaults({ clock: "idle" });

/** A connection whose other side follows a script. All times are milliseconds since it was made. */
interface Session {
  reader: LineReader;
  began: number;
}

type Sent = readonly [atMs: number, data: string | Uint8Array];

function send(...pieces: readonly Sent[]): PeerStep[] {
  return pieces.map(([atMs, data]) => ({ atMs, send: data }));
}

network({ latencyMs: 0 });

/** The other side follows `steps`, and leaves 900 ms after the last of them: no call hangs for ever. */
function accept(steps: readonly PeerStep[]): TcpStream {
  const bound = TcpListener.bind(0);
  if (!bound.ok) throw new Error("no free port");
  using listener = bound.value;
  const last = steps.at(-1)?.atMs ?? 0;
  connectPeer(listener.port, [...steps, { atMs: last + 900, close: true }]);
  const accepted = listener.accept();
  if (!accepted.ok) throw new Error("nobody connected");
  return accepted.value;
}

function open(...steps: readonly PeerStep[]): Session {
  const began = now();
  return { reader: new LineReader(accept(steps)), began };
}

/** How one call ended, whatever it gave back. */
interface Read {
  answer: unknown;
  limit: number;
  /** Times of the session. */
  calledAt: number;
  endedAt: number;
}

function read({ reader, began }: Session, limit: number): Read {
  const calledAt = now() - began;
  const answer: unknown = reader.readLine(limit);
  return { answer, limit, calledAt, endedAt: now() - began };
}

/** Sleeps until `at`, a time of the session. */
function sleepUntil(at: number, { began }: Session): void {
  const left = began + at - now();
  if (left > 0) sleep(left);
}

/** Long texts are shown by their ends. */
function show(value: unknown): string {
  const text = value === undefined ? "undefined" : JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 24)}…${text.slice(-24)}`;
}

/** What readLine answered, in words: `the line "a"`, `"timeout"`. */
function told({ answer }: Read): string {
  if (typeof answer !== "object" || answer === null || !("ok" in answer))
    return `${show(answer)}, which is no Result`;
  if (answer.ok === true && "value" in answer) return `the line ${show(answer.value)}`;
  if (answer.ok === false && "error" in answer) return show(answer.error);
  return `${show(answer)}, which is no Result`;
}

function isLine({ answer }: Read, line: string): boolean {
  if (typeof answer !== "object" || answer === null) return false;
  return "ok" in answer && answer.ok === true && "value" in answer && answer.value === line;
}

function isError({ answer }: Read, error: string): boolean {
  if (typeof answer !== "object" || answer === null) return false;
  return "ok" in answer && answer.ok === false && "error" in answer && answer.error === error;
}

/** Virtual time is exact, the numbers that carry it are not quite. */
function isAt(it: Read, at: number): boolean {
  return Math.abs(it.endedAt - at) < 0.000_1;
}

function said(it: Read): string {
  return `readLine(${it.limit}), called at ${ms(it.calledAt)}, answered ${told(it)} at ${ms(it.endedAt)}`;
}

function expectLine(it: Read, line: string, at: number, story: string): void {
  expect(isLine(it, line), () => `${story} ${said(it)}, not the line ${show(line)}.`);
  expect(isAt(it, at), () => `${story} ${said(it)}; it could have had it at ${ms(at)}.`);
}

function expectTimeout(it: Read, story: string): void {
  const due = it.calledAt + it.limit;
  expect(isError(it, "timeout"), () => `${story} ${said(it)}, not "timeout" at ${ms(due)}.`);
  expect(isAt(it, due), () => `${story} ${said(it)}; its time was up at ${ms(due)}.`);
}

function expectClosed(it: Read, at: number, story: string): void {
  expect(isError(it, "closed"), () => `${story} ${said(it)}, not "closed".`);
  expect(isAt(it, at), () => `${story} ${said(it)}; it could have known at ${ms(at)}.`);
}

/** How many bytes a read gives is tried out: all that are there, half of them, one. */
const SEARCHED = { runs: 60 };

/** A read gives all that is there, so that the pieces are those of the script. */
function readWholePieces(): void {
  network({ shortTransfers: false });
}

check(
  "whole-line",
  "A line that comes in time is given as soon as it is there",
  () => {
    const session = open(...send([140.25, "GET /index\n"], [260, "Host: here\n"], [700, "Accept: text\n"]));
    const first = read(session, 500);
    expectLine(first, "GET /index", 140.25, 'The line "GET /index" came at 140.25 ms.');

    sleepUntil(400, session);
    const second = read(session, 50);
    expectLine(second, "Host: here", 400, 'The line "Host: here" was there since 260 ms.');

    sleepUntil(600, session);
    const third = read(session, 300);
    expectLine(third, "Accept: text", 700, 'The line "Accept: text" came at 700 ms.');
  },
  SEARCHED,
);

/** `text` in pieces of `size` characters, the first at `from`, then one each `every` ms; and when the last one comes. */
function drip(text: string, size: number, from: number, every: number): { pieces: Sent[]; last: number } {
  const pieces: Sent[] = [];
  for (let at = 0; at < text.length; at += size)
    pieces.push([from + (at / size) * every, text.slice(at, at + size)]);
  return { pieces, last: pieces.at(-1)?.[0] ?? from };
}

check(
  "cut",
  "However a line is cut, it is one line",
  () => {
    for (const [line, size, every] of [
      ["a line in two pieces", 11, 130],
      ["letter by letter", 1, 12.5],
      ["  spaces at both ends stay  ", 7, 40],
    ] as const) {
      const { pieces, last } = drip(`${line}\n`, size, 30, every);
      const story = `The line ${show(line)} came in ${pieces.length} pieces, the last of them at ${ms(last)}.`;
      expectLine(read(open(...send(...pieces)), 1_000), line, last, story);
    }

    const long = `${"0123456789".repeat(150)} is the end`;
    const session = open(...send([20, `${long}\n`]));
    const story = `A line of ${long.length} bytes came at 20 ms.`;
    expectLine(read(session, 400), long, 20, story);
  },
  {
    ...SEARCHED,
    explain: "A stream of bytes has no marks: where the other side wrote, nobody can see in it.",
  },
);

check(
  "deadline",
  "The time limit is for the whole line, not for each piece of it",
  () => {
    readWholePieces();
    for (const [every, limit] of [
      [100, 450],
      [62.5, 1_010.25],
      [4, 7.5],
    ] as const) {
      const { pieces, last } = drip("a slow sender, a patient one\n", 1, every, every);
      const story = `A byte came every ${ms(every)}; the line was complete at ${ms(last)}.`;
      expectTimeout(read(open(...send(...pieces)), limit), story);
    }

    const session = open(...send([300, "half a line"], [2_000, ", and the rest\n"]));
    expectTimeout(read(session, 500), "Half a line came at 300 ms, its rest at 2,000 ms.");
    sleepUntil(800, session);
    expectTimeout(read(session, 437.25), "Half a line came at 300 ms, its rest at 2,000 ms.");
    expectTimeout(read(session, 60), "Half a line came at 300 ms, its rest at 2,000 ms.");

    expectTimeout(read(open({ atMs: 3_000, send: "late\n" }), 125), "Nothing came before 3,000 ms.");
  },
  {
    mayLeave: true,
    explain:
      "With a limit for each read, a sender that drips one byte at a time holds you as long as it likes.",
  },
);

check(
  "boundary",
  "At the very instant of the deadline nothing goes wrong",
  () => {
    const split = open(...send([200, "al"], [300, "mo"], [420, "st\n"]));
    expectTimeout(read(split, 300), 'Of the line "almost", two letters came at 200 ms and two at 300 ms.');
    const rest = read(split, 300);
    expectLine(rest, "almost", 420, 'The line "almost" came in three pieces, the last of them at 420 ms.');

    const whole = open(...send([62.5, "just so\n"], [400, "next\n"]));
    const story = 'The line "just so" came at 62.5 ms, and "next" at 400 ms.';
    const first = read(whole, 62.5);
    expect(
      isLine(first, "just so") || isError(first, "timeout"),
      () => `${story} ${said(first)}. Right are the line "just so" and "timeout".`,
    );
    expect(isAt(first, 62.5), () => `${story} ${said(first)}; its time was up at 62.5 ms.`);
    if (isError(first, "timeout")) expectLine(read(whole, 100), "just so", 62.5, story);
    expectLine(read(whole, 1_000), "next", 400, story);
  },
  SEARCHED,
);

check(
  "after-timeout",
  "After a timeout no byte is lost, and the next call goes on",
  () => {
    const session = open(...send([50, "10"], [150, "0 lin"], [250, "es\n"], [270, "and"], [450, " more\n"]));
    const story = 'The line "100 lines" came in three pieces, at 50, 150 and 250 ms.';
    expectTimeout(read(session, 100), story);
    expectTimeout(read(session, 100), story);
    expectLine(read(session, 100), "100 lines", 250, `${story} Two calls had given up before.`);
    expectTimeout(read(session, 80), 'Of the line "and more", "and" came at 270 ms and the rest at 450 ms.');
    sleepUntil(600, session);
    const last = read(session, 70);
    expectLine(
      last,
      "and more",
      600,
      'The line "and more" was complete at 450 ms; one call had given up before.',
    );
  },
  {
    ...SEARCHED,
    explain: "A timeout says that the line was not there in time. It says nothing against its first half.",
  },
);

check("several", "Several lines in one piece come out one by one", () => {
  readWholePieces();
  const session = open(...send([90, "one\ntwo\n\nfour\nfi"], [310, "ve\nsix\n"]));
  const story =
    'At 90 ms came "one\\ntwo\\n\\nfour\\nfi", in one piece; the rest of the fifth line at 310 ms.';
  for (const line of ["one", "two", "", "four"]) expectLine(read(session, 150), line, 90, story);
  expectLine(read(session, 300), "five", 310, story);
  expectLine(read(session, 300), "six", 310, 'At 310 ms came "ve\\nsix\\n", in one piece.');
});

check(
  "characters",
  "A character that is cut in two stays one character",
  () => {
    readWholePieces();
    const line = "Zoë: 3 € – 日本 😀";
    const bytes = new TextEncoder().encode(`${line}\n`);
    const pieces = Array.from(bytes, (_, at): Sent => [20 + at * 20, bytes.subarray(at, at + 1)]);
    const last = pieces.at(-1)?.[0] ?? 0;
    const story = `The line ${show(line)}, ${bytes.length} bytes, came byte by byte, the last of them at ${ms(last)}.`;
    expectLine(read(open(...send(...pieces)), 2_000), line, last, story);
  },
  { explain: "In UTF-8 a character takes one to four bytes, and a read may end behind any of them." },
);

check("cut-character", "A timeout inside of a character loses neither half", () => {
  readWholePieces();
  // The euro sign is cut behind its first byte, the smiley behind its second.
  const bytes = new TextEncoder().encode("in € 😀\n");
  const pieces: Sent[] = [
    [40, bytes.subarray(0, 4)],
    [140, bytes.subarray(4, 9)],
    [240, bytes.subarray(9)],
  ];
  const session = open(...send(...pieces));
  const story =
    'The line "in € 😀" was cut inside of "€" and of "😀"; its pieces came at 40, 140 and 240 ms.';
  expectTimeout(read(session, 90), story);
  expectTimeout(read(session, 90), story);
  expectLine(read(session, 90), "in € 😀", 240, `${story} Two calls had given up before.`);
});

check(
  "closed",
  "When the connection has ended, the lines that are left come first",
  () => {
    const behind = open(...send([10, "last\n"]), { atMs: 15, close: true });
    sleepUntil(30, behind);
    const done = 'The other side sent "last\\n" and closed at 15 ms.';
    expectLine(read(behind, 500), "last", 30, done);
    expectClosed(read(behind, 500), 30, done);

    const cut = open({ atMs: 180, reset: true });
    expectClosed(read(cut, 500), 180, "The other side cut the connection off at 180 ms.");

    const session = open(...send([60, "first\nsecond\nno li"], [160, "ne"]), { atMs: 220, close: true });
    const story =
      'The other side sent "first\\nsecond\\nno line", without a last "\\n", and closed at 220 ms.';
    sleepUntil(100, session);
    expectLine(read(session, 500), "first", 100, story);
    expectLine(read(session, 500), "second", 100, story);
    expectClosed(read(session, 500), 220, story);
    expectClosed(read(session, 500), 220, `${story} It was the second call after the end.`);
  },
  SEARCHED,
);

check(
  "two-readers",
  "Two readers do not get into each other's way",
  () => {
    const left = open(...send([40, "left 1\nleft"], [140, " 2\n"]));
    const right = open(...send([80, "right 1\nri"], [220, "ght 2\n"]));
    const story =
      'Two connections, a reader for each. Over one came "left 1" and "left 2", over the other "right 1" and "right 2".';
    expectLine(read(left, 500), "left 1", 40, story);
    expectLine(read(right, 500), "right 1", 80, story);
    expectLine(read(left, 500), "left 2", 140, story);
    expectLine(read(right, 500), "right 2", 220, story);
  },
  SEARCHED,
);
