import {
  check,
  defaults,
  connectPeer,
  expect,
  kernelCalls,
  liveThreads,
  ms,
  network,
  now,
  type Peer,
} from "check";
import { TcpListener, TcpStream } from "std/net";
import { Barrier } from "std/sync";
import { sleep, spawn } from "std/thread";
import { acceptTimeout } from "./main";

// Every check here measures time.
defaults({ clock: "idle" });

network({ latencyMs: 0, shortTransfers: false });

const PORT = 7_000;

/** Threads that a call leaves behind are the business of one check, nothing-left. */
const MAY_LEAVE = { mayLeave: true };

/** A port of its own for each part of a check. All times are milliseconds since it was opened. */
interface Door {
  listener: TcpListener;
  began: number;
}

function open(port = PORT): Door {
  const bound = TcpListener.bind(port);
  if (!bound.ok) throw new Error(`port ${port} is taken`);
  return { listener: bound.value, began: now() };
}

/** A client that connects at `at`, counted from now, and says its name. It leaves after ten seconds. */
function client(name: string, at: number, port = PORT): Peer {
  const steps = [
    { atMs: 0, send: name },
    { atMs: 10_000, close: true },
  ] as const;
  return connectPeer(port, steps, { connectAtMs: at });
}

/** How one call ended: whom it brought, or what it answered instead. */
interface Call {
  /** The client's name; "" where there was none. */
  who: string;
  /** In words. */
  told: string;
  limit: number;
  /** Times of the door. */
  calledAt: number;
  endedAt: number;
}

function call({ listener, began }: Door, limit: number): Call {
  const calledAt = now() - began;
  const answer: unknown = acceptTimeout(listener, limit);
  const endedAt = now() - began;
  const who = greet(answer);
  return { who, told: told(answer, who), limit, calledAt, endedAt };
}

function streamOf(answer: unknown): TcpStream | undefined {
  if (typeof answer !== "object" || answer === null || !("ok" in answer) || answer.ok !== true)
    return undefined;
  return "value" in answer && answer.value instanceof TcpStream ? answer.value : undefined;
}

/** The name that the client at the other end says, and answers it; "" where nobody says one. */
function greet(answer: unknown): string {
  const stream = streamOf(answer);
  if (stream === undefined) return "";
  stream.setReadTimeout(5);
  const heard = stream.read(64);
  const who = heard.ok ? new TextDecoder().decode(heard.value) : "";
  if (who !== "") stream.writeAll(`hello ${who}`);
  stream.close();
  return who;
}

function told(answer: unknown, who: string): string {
  if (who !== "") return `the connection of ${who}`;
  if (streamOf(answer) !== undefined) return "a connection on which nobody speaks";
  if (typeof answer === "object" && answer !== null && "error" in answer) return JSON.stringify(answer.error);
  return `${answer === undefined ? "undefined" : JSON.stringify(answer)}, which is neither a connection nor "timeout"`;
}

/** Virtual time is exact, the numbers that carry it are not quite. */
function sameTime(a: number, b: number): boolean {
  return Math.abs(a - b) < 0.000_1;
}

function said(it: Call, name = "acceptTimeout"): string {
  return `${name}(listener, ${it.limit}), called at ${ms(it.calledAt)}, answered ${it.told} at ${ms(it.endedAt)}`;
}

function isTimeout(it: Call): boolean {
  return it.told === '"timeout"';
}

function expectClient(it: Call, who: string, at: number, story: string): void {
  expect(it.who === who, () => `${story} ${said(it)}, not the connection of ${who}.`);
  expect(sameTime(it.endedAt, at), () => `${story} ${said(it)}; ${who} was there at ${ms(at)}.`);
}

function expectTimeout(it: Call, story: string): void {
  const due = it.calledAt + it.limit;
  expect(isTimeout(it), () => `${story} ${said(it)}, not "timeout" at ${ms(due)}.`);
  expect(sameTime(it.endedAt, due), () => `${story} ${said(it)}; its time was up at ${ms(due)}.`);
}

check(
  "in-time",
  "A client that comes in time is handed over at once",
  () => {
    const door = open();
    const ann = client("ann", 140.25);
    client("bob", 300);
    client("cyd", 300);
    const story = "Ann connected at 140.25 ms, bob and cyd at 300 ms.";
    expectClient(call(door, 500), "ann", 140.25, story);
    expect(
      ann.receivedText() === "hello ann",
      () =>
        `${story} What was written to ann's connection did not reach her: she got ${JSON.stringify(ann.receivedText())}.`,
    );
    sleep(door.began + 400 - now());
    expectClient(call(door, 500), "bob", 400, `${story} The call came at 400 ms.`);
    expectClient(call(door, 20), "cyd", 400, `${story} The call came at 400 ms.`);
  },
  MAY_LEAVE,
);

check(
  "deadline",
  "Where nobody comes, it gives up at exactly the deadline",
  () => {
    const door = open();
    client("ann", 2_000);
    const story = "Nobody connected before 2,000 ms.";
    for (const limit of [450, 437.25, 0.5]) expectTimeout(call(door, limit), story);
    sleep(door.began + 1_900 - now());
    expectTimeout(call(door, 62.5), story);
  },
  MAY_LEAVE,
);

check(
  "next-call",
  "A client that comes a moment later is got by the next call",
  () => {
    const door = open();
    client("ann", 201);
    client("bob", 350);
    client("cyd", 380);
    client("dan", 701);
    const story = "Ann connected at 201 ms, bob at 350 ms, cyd at 380 ms and dan at 701 ms.";
    expectTimeout(call(door, 200), story);
    expectClient(call(door, 100), "ann", 201, `${story} One call had given up at 200 ms.`);
    expectTimeout(call(door, 99), story);
    sleep(door.began + 400 - now());
    expectClient(call(door, 100), "bob", 400, `${story} A call had given up at 300 ms.`);
    expectClient(call(door, 100), "cyd", 400, `${story} A call had given up at 300 ms.`);
    for (const limit of [100, 100, 100]) expectTimeout(call(door, limit), story);
    expectClient(call(door, 100), "dan", 701, `${story} Three calls had given up, the last one at 700 ms.`);
  },
  {
    ...MAY_LEAVE,
    explain: "A thread that is left behind in accept takes the next client, and nobody waits for its answer.",
  },
);

check(
  "boundary",
  "At the very instant of the deadline either answer will do",
  () => {
    const door = open();
    client("ann", 62.5);
    client("bob", 400);
    const story = "Ann connected at 62.5 ms, the very instant of the deadline.";
    const first = call(door, 62.5);
    expect(
      first.who === "ann" || isTimeout(first),
      () => `${story} ${said(first)}. Right are her connection and "timeout".`,
    );
    const at = `${story} ${said(first)}.`;
    expect(sameTime(first.endedAt, 62.5), () => `${at} Its time was up at 62.5 ms.`);
    if (first.who !== "ann") expectClient(call(door, 100), "ann", 62.5, at);
    sleep(door.began + 420 - now());
    expectClient(call(door, 1_000), "bob", 420, "Bob connected at 400 ms; the call came at 420 ms.");
  },
  MAY_LEAVE,
);

/** Several threads at one door, each with a clone of the listener, all calling at the same time. */
function callTogether(door: Door, limits: readonly number[]): Call[] {
  const ready = new Barrier(limits.length);
  const callers = limits.map((limit, i) => {
    const clone = door.listener.tryClone();
    return spawn(
      () => {
        ready.wait();
        return call({ listener: clone, began: door.began }, limit);
      },
      { name: `caller ${i + 1}` },
    );
  });
  return callers.map((caller) => caller.join());
}

check(
  "together",
  "Several threads wait at one door, and each is on time",
  () => {
    const door = open();
    client("ann", 100);
    client("bob", 2_500);
    const story =
      "Two threads waited with clones of one listener. Ann connected at 100 ms, and nobody else before 2,500 ms.";
    const calls = callTogether(door, [300, 300]);
    const lucky = calls.filter((it) => it.who === "ann");
    const [late] = calls.filter((it) => it.who !== "ann");
    expect(
      lucky.length === 1,
      () => `${story} ${calls.map((it) => said(it)).join("; ")}. One of them should have got ann.`,
    );
    if (lucky[0] !== undefined) expectClient(lucky[0], "ann", 100, story);
    if (late !== undefined) expectTimeout(late, story);

    const alone = "Two threads waited with clones of one listener, and nobody came.";
    for (const it of callTogether(door, [1_000, 200])) expectTimeout(it, alone);
  },
  {
    ...MAY_LEAVE,
    runs: 150,
    explain:
      "That a client is there says nothing about a moment later: when you accept, another thread may have been quicker.",
  },
);

check(
  "as-it-was",
  "The listener is afterwards as it was before",
  () => {
    const door = open();
    client("ann", 50);
    client("bob", 400);
    client("cyd", 800);
    client("dan", 3_000);
    const expectWaits = (who: string, at: number, story: string): void => {
      const accepted = door.listener.accept();
      const got = greet(accepted);
      const ended = now() - door.began;
      expect(
        accepted.ok,
        () =>
          `${story} After it a plain accept on the listener no longer waits: at ${ms(ended)} it answered ${accepted.ok ? "" : JSON.stringify(accepted.error)}.`,
      );
      expect(
        got === who,
        () =>
          `${story} ${who} connected at ${ms(at)}. A plain accept got ${got === "" ? "a connection on which nobody speaks" : got} at ${ms(ended)}.`,
      );
    };
    const brought = call(door, 100);
    expectWaits("bob", 400, `Ann connected at 50 ms. ${said(brought)}.`);
    const inVain = call(door, 80);
    expectWaits("cyd", 800, `${said(inVain)}.`);
  },
  MAY_LEAVE,
);

/** Waiting may cost this many kernel calls, however long it takes. poll, accept and a lock need about ten. */
const CALLS_MAX = 60;

check(
  "no-spinning",
  "Waiting costs nothing",
  () => {
    for (const [port, at, limit] of [
      [7_001, 9_000, 4_000],
      [7_002, 3_000, 5_000],
    ] as const) {
      const door = open(port);
      client("ann", at, port);
      const before = kernelCalls();
      const it = call(door, limit);
      const used = kernelCalls() - before;
      expect(
        used < CALLS_MAX,
        () =>
          `acceptTimeout waited ${ms(it.endedAt - it.calledAt)} and made ${used} kernel calls meanwhile. One call that sleeps until somebody comes is enough.`,
      );
      // Every kernel call takes 1 ms here, so the end is not exact.
      const due = Math.min(at, limit);
      expect(
        it.endedAt <= due + CALLS_MAX,
        () =>
          `Ann connected at ${ms(at)}. ${said(it)}. What waiting costs can be counted once it is on time.`,
      );
    }
  },
  { ...MAY_LEAVE, callCostNs: 1_000_000, explain: "In this check every kernel call takes 1 ms of a core." },
);

check("nothing-left", "When it has returned, nothing of the call is left", () => {
  const before = liveThreads();
  const door = open();
  client("ann", 100);
  client("bob", 1_000);
  for (const limit of [60, 200]) {
    const it = call(door, limit);
    sleep(1);
    const left = liveThreads() - before;
    expect(
      left === 0,
      () =>
        `Ann connected at 100 ms, bob at 1,000 ms. ${said(it)}. 1 ms later ${left === 1 ? "a thread of that call is" : `${left} threads of that call are`} still alive.`,
    );
  }
  door.listener.close();
  const again = TcpListener.bind(PORT);
  expect(
    again.ok,
    `Two calls had returned and the listener was closed, but port ${PORT} is still taken: somebody holds a clone of the listener.`,
  );
});
