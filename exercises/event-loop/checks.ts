import {
  check,
  defaults,
  connectPeer,
  expect,
  fail,
  kernelCalls,
  liveThreads,
  ms,
  network,
  now,
} from "check";
import type { Peer, PeerOptions, PeerStep } from "check";
import { TcpListener, type TcpStream } from "std/net";
import { channel, type Receiver } from "std/sync";
import { type JoinHandle, sleep, spawn } from "std/thread";
import { serve } from "./main";

// Every check here measures time.
defaults({ clock: "idle" });

/** A `serve` in a thread of its own. All times are milliseconds since it was opened. */
interface Server {
  port: number;
  began: number;
  thread: JoinHandle<void>;
  /** What it returned, and when. */
  returned: Receiver<readonly [value: unknown, at: number]>;
}

/** Who says stop, and how. */
type Stop = { readonly at: number; readonly by: "a byte" | "closing" };

/** The thread stays for this long after `serve` has returned: nothing is closed because the thread ends. */
const STAYS = 100;

function open(stop: Stop = { at: 9_000, by: "closing" }): Server {
  const bound = TcpListener.bind(0);
  if (!bound.ok) throw new Error("no free port");
  const listener = bound.value;
  const { port } = listener;
  const [tx, returned] = channel<readonly [value: unknown, at: number]>();
  const began = now();
  const control = openControl(stop);
  const thread = spawn(
    () => {
      const value: unknown = serve(listener, control);
      tx.send([typeof value === "number" ? value : String(value), now() - began]);
      sleep(STAYS);
    },
    { name: "server" },
  );
  return { port, began, thread, returned };
}

function openControl({ at, by }: Stop): TcpStream {
  const bound = TcpListener.bind(0);
  if (!bound.ok) throw new Error("no free port");
  using listener = bound.value;
  connectPeer(listener.port, [by === "closing" ? { atMs: at, close: true } : { atMs: at, send: "!" }]);
  const accepted = listener.accept();
  if (!accepted.ok) throw new Error("nobody connected");
  return accepted.value;
}

/** A client of the machine: connects at `at`, and follows steps, whose times are the server's as well. */
function client(server: Server, at: number, steps: readonly PeerStep[], options: PeerOptions = {}): Peer {
  const relative = steps.map((step) => ({ ...step, atMs: step.atMs - at }));
  return connectPeer(server.port, relative, { ...options, connectAtMs: server.began + at - now() });
}

function says(...pieces: readonly (readonly [atMs: number, send: string | Uint8Array])[]): PeerStep[] {
  return pieces.map(([atMs, send]) => ({ atMs, send }));
}

/** Lets time pass until `at`. A server that has returned before, or has panicked, ends the check. */
function until(at: number, { began, returned, thread }: Server): void {
  const result = returned.recvTimeout(Math.max(0, began + at - now()));
  if (!result.ok && result.error === "timeout") return;
  if (!result.ok) thread.join();
  if (result.ok)
    fail(`serve returned ${result.value[0]} at ${ms(result.value[1])}, and nobody had told it to stop.`);
}

/** What `serve` returned, after it was told to stop at `at`. */
function result(at: number, story: string, { began, returned, thread }: Server): readonly [unknown, number] {
  const got = returned.recvTimeout(Math.max(0, began + at + PATIENCE - now()));
  if (got.ok) return got.value;
  if (got.error === "disconnected") thread.join();
  return fail(`${story} At ${ms(at + PATIENCE)} serve had not returned.`);
}

/**
 * Every kernel call takes 0.1 ms, so that a loop that never waits takes time like any other, and is told what is
 * wrong with it. Nothing is expected to the millisecond: there is time for 300 calls.
 */
const RULES = { callCostNs: 100_000, mayLeave: true, runs: 80 } as const;
const PATIENCE = 30;

function show(text: string): string {
  const shown = JSON.stringify(text);
  return shown.length <= 70 ? shown : `${shown.slice(0, 34)}…${shown.slice(-34)}`;
}

/** Looks, `PATIENCE` after `at`, at what a client has got back by then. */
function expectBack(
  server: Server,
  who: string,
  peer: Peer,
  at: number,
  wanted: string,
  story: string,
): void {
  until(at + PATIENCE, server);
  const got = peer.receivedText();
  expect(got === wanted, () => `${story} ${backSaid(who, got, wanted, at + PATIENCE)}`);
}

function backSaid(who: string, got: string, wanted: string, at: number): string {
  if (got.startsWith(wanted))
    return `By ${ms(at)} ${who} had got ${show(got)} back, ${show(got.slice(wanted.length))} more than there should be.`;
  const missing = wanted.startsWith(got) ? `; ${show(wanted.slice(got.length))} is missing` : "";
  return `By ${ms(at)} ${who} had got ${got === "" ? "nothing" : show(got)} back, not ${show(wanted)}${missing}.`;
}

/** Reads and writes move all that they can. */
function moveWholePieces(): void {
  network({ latencyMs: 0, shortTransfers: false });
}

/** How many bytes a call moves is tried out: all there are, half of them, one. */
function cutAnywhere(): void {
  network({ latencyMs: 0, shortTransfers: true });
}

check(
  "lines",
  "A line goes back as soon as it is whole, and not before",
  () => {
    moveWholePieces();
    const server = open();
    const [c3, a9] = [0xc3, 0xa9]; // é
    const ann = client(server, 10, [
      ...says([50, "one\n"], [100, "two\n\nsix\n"], [200, "hal"], [250, "f of i"], [300, "t\n"]),
      ...says([400, Uint8Array.of(99, 97, 102, c3)], [450, Uint8Array.of(a9, 10)]),
      ...says([500, "  7  \nno more"]),
      { atMs: 600, shutdown: true },
    ]);
    let all = "";
    const expectLines = (at: number, text: string, story: string): void => {
      all += text;
      expectBack(server, "ann", ann, at, all, story);
    };
    expectLines(50, "one\n", 'Ann sent "one\\n" at 50 ms.');
    expectLines(
      100,
      "two\n\nsix\n",
      "Ann sent three lines in one piece at 100 ms, the second of them empty.",
    );
    expectLines(250, "", 'Ann sent "hal" at 200 ms and "f of i" at 250 ms, without a "\\n".');
    expectLines(300, "half of it\n", "Ann sent a line in three pieces, the last of them at 300 ms.");
    expectLines(400, "", 'Ann sent "caf" and the first byte of an "é" at 400 ms.');
    expectLines(450, "café\n", 'Ann sent "café\\n", cut inside the "é", the last byte of it at 450 ms.');
    expectLines(500, "  7  \n", 'Ann sent "  7  \\nno more" at 500 ms.');
    expectLines(
      600,
      "",
      'Behind her last "\\n" ann sent "no more" at 500 ms, and at 600 ms said that she sends no more.',
    );
  },
  RULES,
);

check(
  "many",
  "Clients come and go, and each gets its own lines",
  () => {
    moveWholePieces();
    const server = open();
    const ann = client(server, 10, says([50, "al"], [100, "pha\n"], [300, "delta\n"], [500, "eta\n"]));
    const bob = client(server, 20, [...says([60, "be"], [110, "ta\n"]), { atMs: 350, close: true }]);
    const cyd = client(server, 150, says([160, "gamma\n"], [505, "theta\n"]));
    const story =
      'Ann sent "al" at 50 ms and "pha\\n" at 100 ms, bob "be" at 60 ms and "ta\\n" at 110 ms; both stayed.';
    expectBack(server, "ann", ann, 110, "alpha\n", story);
    expectBack(server, "bob", bob, 110, "beta\n", story);
    expectBack(server, "cyd", cyd, 160, "gamma\n", 'Cyd came at 150 ms and sent "gamma\\n" at 160 ms.');
    expectBack(server, "ann", ann, 300, "alpha\ndelta\n", 'Ann sent a second line, "delta\\n", at 300 ms.');
    const dan = client(server, 400, says([400, "zeta\n"]));
    const left = "Bob left at 350 ms.";
    expectBack(server, "dan", dan, 400, "zeta\n", `${left} Dan came at 400 ms and sent "zeta\\n".`);
    expectBack(server, "ann", ann, 505, "alpha\ndelta\neta\n", `${left} Ann sent "eta\\n" at 500 ms.`);
    expectBack(server, "cyd", cyd, 505, "gamma\ntheta\n", `${left} Cyd sent "theta\\n" at 505 ms.`);
  },
  RULES,
);

/** A connection that holds less, each way, than the first of these lines. All that follows it fits. */
const NARROW: PeerOptions = { bufferBytes: 16 };
const SLOW_LINES = ["a line of 29 bytes, this one\n", "second\n", "third\n"] as const;

/** A client that leaves unread what comes, until a step says otherwise, and sends the three lines. */
function slow(server: Server, at: number, steps: readonly PeerStep[]): Peer {
  const [first, second, third] = SLOW_LINES;
  const pieces = says([at + 10, first], [at + 30, second], [at + 50, third]);
  return client(server, at, [{ atMs: at, reading: false }, ...pieces, ...steps], NARROW);
}

const SLOW_STORY =
  "Sue sent three lines, the first of 29 bytes, and read nothing; her connection holds 16 bytes.";

check(
  "slow-reader",
  "A client who does not read delays nobody",
  () => {
    moveWholePieces();
    const server = open();
    slow(server, 20, [{ atMs: 500, reading: true }]);
    const bob = client(server, 10, says([120, "one\n"], [260, "two\n"], [600, "three\n"]));
    const story = `${SLOW_STORY} Bob sent "one\\n" at 120 ms.`;
    expectBack(server, "bob", bob, 120, "one\n", story);
    const cyd = client(server, 200, says([210, "new here\n"]));
    expectBack(server, "cyd", cyd, 210, "new here\n", `${SLOW_STORY} Cyd came at 200 ms with a line.`);
    expectBack(server, "bob", bob, 260, "one\ntwo\n", `${SLOW_STORY} Bob sent "two\\n" at 260 ms.`);
    const again = 'Sue, who had not read, read again from 500 ms on. Bob sent "three\\n" at 600 ms.';
    expectBack(server, "bob", bob, 600, "one\ntwo\nthree\n", again);
  },
  {
    ...RULES,
    explain: "A thread that waits in a write waits for whoever should read. All other clients wait with it.",
  },
);

check(
  "partial-writes",
  "What one write does not take follows later, in order",
  () => {
    cutAnywhere();
    const server = open();
    const ann = client(server, 5, [...says([10, "one\ntwo\nthree\n"]), { atMs: 45, close: true }]);
    expectBack(
      server,
      "ann",
      ann,
      10,
      "one\ntwo\nthree\n",
      "Ann sent three lines at 10 ms, and read all the time.",
    );

    const sue = slow(server, 60, [
      { atMs: 200, reading: true },
      { atMs: 200, send: "number four\n" },
      { atMs: 300, reading: false },
      { atMs: 310, send: "five\n" },
      { atMs: 320, send: "six, and rest\n" },
      { atMs: 330, send: "seven\n" },
      { atMs: 450, reading: true },
    ]);
    const three = SLOW_LINES.join("");
    const back = `${SLOW_STORY} At 200 ms she began to read, and sent a fourth line.`;
    expectBack(server, "sue", sue, 230, `${three}number four\n`, back);
    const all = `${three}number four\nfive\nsix, and rest\nseven\n`;
    expectBack(
      server,
      "sue",
      sue,
      470,
      all,
      "Sue stopped reading once more at 300 ms, sent three lines, and read on at 450 ms.",
    );
  },
  {
    ...RULES,
    runs: 40,
    explain: "write returns how many bytes it took. Where there is little room, that is not all of them.",
  },
);

/** Kernel calls between two instants; few where the server sleeps. */
function callsBetween(from: number, to: number, server: Server): number {
  until(from, server);
  const before = kernelCalls();
  until(to, server);
  return kernelCalls() - before;
}

/** Nothing happens meanwhile: one call that waits would be enough. */
const CALLS_MAX = 60;

/** Whether a server that made `before` calls in a quiet time, and `after` in another, has got restless in between. */
function isRestless(before: number, after: number): boolean {
  return after >= 3 * before + CALLS_MAX;
}

check(
  "closed",
  "A client that ends gets the rest, and then its connection is closed",
  () => {
    moveWholePieces();
    const server = open();
    const before = callsBetween(20, 120, server);
    const ann = client(server, 140, [...says([150, "one\n"]), { atMs: 150, shutdown: true }]);
    const annStory = 'Ann sent "one\\n" at 150 ms and said that she sends no more.';
    expectBack(server, "ann", ann, 150, "one\n", annStory);
    expect(ann.endedAtMs() !== undefined, () => `${annStory} By 180 ms her connection was not closed.`);

    const sue = slow(server, 200, [
      { atMs: 270, shutdown: true },
      { atMs: 450, reading: true },
    ]);
    const sueStory = `${SLOW_STORY} She said at 270 ms that she sends no more`;
    const used = callsBetween(300, 400, server);
    expect(
      !isRestless(before, used),
      () =>
        `${sueStory}. Between 300 and 400 ms nothing happened, and serve made ${used} kernel calls. The end of a stream stays readable for ever.`,
    );
    expectBack(server, "sue", sue, 450, SLOW_LINES.join(""), `${sueStory}, and read on at 450 ms.`);
    expect(
      sue.endedAtMs() !== undefined,
      () => `${sueStory}, and read the rest at 450 ms. By 480 ms her connection was not closed.`,
    );
  },
  { ...RULES, explain: "A server that keeps what belongs to clients who left is full one day." },
);

check(
  "cut-off",
  "A connection that is cut off is forgotten, and troubles nobody",
  () => {
    moveWholePieces();
    const server = open();
    const eve = client(server, 5, says([20, "one\n"], [450, "two\n"]));
    expectBack(server, "eve", eve, 20, "one\n", 'Eve sent "one\\n" at 20 ms.');
    const before = callsBetween(60, 130, server);
    client(server, 140, [...says([150, "half a li"]), { atMs: 200, reset: true }]);
    slow(server, 210, [{ atMs: 300, close: true }]);
    client(server, 320, [...says([330, "bye\n"]), { atMs: 330, reset: true }]);
    const story =
      "One client cut its connection off after half a line, one without reading the answers, one right after a line.";
    const used = callsBetween(370, 440, server);
    expect(
      !isRestless(before, used),
      () =>
        `${story} Between 370 and 440 ms nothing happened, and serve made ${used} kernel calls. poll tells of a connection that is cut off for as long as it is asked about it.`,
    );
    expectBack(
      server,
      "eve",
      eve,
      450,
      "one\ntwo\n",
      `${story} Eve, who had stayed, sent "two\\n" at 450 ms.`,
    );
  },
  RULES,
);

check(
  "count",
  "It returns how many lines it has sent back",
  () => {
    moveWholePieces();
    for (const [round, lines] of [5, 0].entries()) {
      const server = open({ at: 200, by: "a byte" });
      if (lines === 5) {
        client(server, 10, [...says([20, "one\n\nthree\nand"]), { atMs: 100, close: true }]);
        client(server, 30, says([40, "fo"], [50, "ur\nfi"], [60, "ve\nhalf of"]));
      }
      const first = `The ${round === 0 ? "first" : "second"} server was sent ${lines} lines`;
      const story = `${first}, and told to stop at 200 ms.`;
      const [value] = result(200, story, server);
      expect(value === lines, () => `${story} It returned ${String(value)}.`);
    }
  },
  RULES,
);

check(
  "stop",
  "It returns as soon as stop has something to read, and closes all connections",
  () => {
    moveWholePieces();
    for (const by of ["a byte", "closing"] as const) {
      const server = open({ at: 250, by });
      const bob = client(server, 10, says([20, "one\n"], [150, "half"]));
      slow(server, 30, []);
      expectBack(server, "bob", bob, 50, "one\n", 'Bob sent "one\\n" at 20 ms.');
      const clients = `Bob had sent half a line. ${SLOW_STORY}`;
      const story = `${clients} Stop came at 250 ms, ${by === "closing" ? "as the end of its stream" : "as a byte"}.`;
      until(245, server);
      const [, at] = result(250, story, server);
      expect(at >= 250 && at <= 250 + PATIENCE, () => `${story} serve returned at ${ms(at)}.`);
      sleep(PATIENCE);
      const left = bob.endedAtMs() ?? bob.resetAtMs();
      expect(
        left !== undefined,
        () =>
          `${story} serve returned at ${ms(at)}, but ${ms(PATIENCE)} later bob's connection was still open.`,
      );
      server.thread.join();
    }
  },
  { ...RULES, runs: 30 },
);

check(
  "one-thread",
  "One thread serves them all",
  () => {
    moveWholePieces();
    const before = liveThreads();
    const server = open();
    const clients = ["ann", "bob", "cyd"].map((name, i) => client(server, 10 + i, says([50, `${name}\n`])));
    for (const at of [5, 30, 50, 90]) {
      until(at, server);
      const more = liveThreads() - before - 1;
      expect(
        more <= 0,
        () =>
          `${at < 10 ? "Before anybody came" : "With three clients"}, at ${ms(at)}, there ${more === 1 ? "was 1 thread" : `were ${more} threads`} besides that of serve.`,
      );
    }
    for (const [i, name] of ["ann", "bob", "cyd"].entries()) {
      const peer = clients[i];
      if (peer !== undefined)
        expectBack(server, name, peer, 90, `${name}\n`, "Three clients sent a line each at 50 ms.");
    }
  },
  { ...RULES, runs: 20 },
);

check(
  "no-spinning",
  "While nothing happens it makes no calls",
  () => {
    moveWholePieces();
    const server = open();
    const empty = callsBetween(20, 1_000, server);
    expect(
      empty < CALLS_MAX,
      () =>
        `Nobody had come, and between 20 and 1,000 ms serve made ${empty} kernel calls. One that waits is enough.`,
    );
    const ann = client(server, 1_010, says([1_020, "one\n"]));
    client(server, 1_030, says([1_040, "half a li"]));
    until(1_200, server);
    expect(
      ann.receivedText() === "one\n",
      () => `Ann sent "one\\n" at 1,020 ms. ${backSaid("ann", ann.receivedText(), "one\n", 1_200)}`,
    );
    const idle = callsBetween(1_200, 3_000, server);
    expect(
      idle < CALLS_MAX,
      () =>
        `Two clients were connected: ann had got her line back, bob had sent half of one. Between 1,200 and 3,000 ms nothing happened, and serve made ${idle} kernel calls. One that waits is enough.`,
    );
    slow(server, 3_010, []);
    const stalled = callsBetween(3_500, 5_000, server);
    expect(
      stalled < CALLS_MAX,
      () =>
        `${SLOW_STORY} Between 3,500 and 5,000 ms nothing happened, and serve made ${stalled} kernel calls. poll can wait for room.`,
    );
  },
  { ...RULES, callCostNs: 1_000_000, explain: "In this check every kernel call takes 1 ms of a core." },
);
