import { expect, it } from "vitest";
import { fifo, loadChecks } from "../engine.ts";
import { checkNet, NET_IMPORTS } from "./net-table.ts";
import { prints, type Row } from "./table.ts";

/** A server of one connection that echoes until the end. */
const ECHO = `const serve = (l: TcpListener) => { const s = must(l.accept()); for (;;) { const b = s.read(4096); if (!b.ok || b.value.length === 0) break; if (!s.writeAll(b.value).ok) break; } s.close(); };`;

const CLIENTS: readonly Row[] = [
  [
    "a client sends in pieces, at its times, and keeps what it got",
    `const l = must(TcpListener.bind(80)); const p = connectPeer(80, [{ atMs: 10, send: "he" }, { atMs: 20, send: "llo\\n" }, { atMs: 30, close: true }]); const t = Instant.now(); const s = must(l.accept()); for (let i = 0; i < 3; i++) { const b = must(s.read(99)); console.log(text(b).trim(), t.elapsed()); if (b.length > 0) s.writeAll(b); } s.close(); sleep(1); console.log(p.receivedText().trim(), p.pieces().map((piece) => piece.atMs).join(), p.connectedAtMs(), p.received().length);`,
    prints("he 10.1", "llo 20.1", " 30.1", "hello 10.2,20.2 0.2 6"),
  ],
  [
    "a client connects when it is told to, and sees when the other side has closed",
    `${ECHO} const p = connectPeer(80, [{ atMs: 0, send: "x" }, { atMs: 5, shutdown: true }], { connectAtMs: 100 }); const l = must(TcpListener.bind(80)); serve(l); sleep(1); console.log(p.connectedAtMs(), p.endedAtMs(), p.resetAtMs(), p.receivedText());`,
    prints("100.2 105.2 undefined x"),
  ],
  [
    "a client that finds nobody is refused",
    `const p = connectPeer(81, [{ atMs: 0, send: "x" }]); sleep(1); console.log(p.isRefused(), p.connectedAtMs(), p.unsent(), p.endedAtMs());`,
    prints("true undefined 1 undefined"),
  ],
  [
    "a client that stalls fills the buffer, and what it left unread comes when it goes on",
    `network({ bufferBytes: 10 }); const l = must(TcpListener.bind(80)); const p = connectPeer(80, [{ atMs: 0, reading: false }, { atMs: 500, reading: true }]); const s = must(l.accept()); const t = Instant.now(); s.writeAll("0123456789"); s.writeAll("late"); console.log(Math.round(t.elapsed())); s.close(); sleep(1); console.log(p.receivedText(), p.pieces().map((piece) => Math.round(piece.atMs)).join(), p.endedAtMs() !== undefined);`,
    prints("500", "0123456789late 500,500 true"),
  ],
  [
    "a client waits for room like any program, and its later steps wait with it",
    `network({ bufferBytes: 4 }); const l = must(TcpListener.bind(80)); const p = connectPeer(80, [{ atMs: 0, send: "0123456789" }, { atMs: 1, close: true }]); const s = must(l.accept()); sleep(50); console.log(p.unsent()); console.log(readAll(s), p.unsent());`,
    prints("6", "0123456789 0"),
  ],
  [
    "a client that resets, and one that leaves with bytes unread, both cut the connection off",
    `const l = must(TcpListener.bind(80)); connectPeer(80, [{ atMs: 5, reset: true }]); connectPeer(80, [{ atMs: 0, reading: false }, { atMs: 5, close: true }]); const both = [must(l.accept()), must(l.accept())]; for (const s of both) s.write("x"); for (const s of both) console.log(show(s.read(9)));`,
    prints("error reset", "error reset"),
  ],
  [
    "a client learns that it was cut off",
    `const l = must(TcpListener.bind(80)); const p = connectPeer(80, [{ atMs: 0, send: "unread" }]); const s = must(l.accept()); sleep(5); s.close(); sleep(1); console.log(p.resetAtMs());`,
    prints("5.2"),
  ],
  [
    "one link may be slower than the others",
    `const l = must(TcpListener.bind(80)); connectPeer(80, [{ atMs: 0, send: "slow" }], { latencyMs: 40 }); connectPeer(80, [{ atMs: 0, send: "fast" }]); const first = must(l.accept()), second = must(l.accept()); const t = Instant.now(); console.log(text(must(first.read(9))), text(must(second.read(9))), t.elapsed());`,
    prints("fast slow 80"),
  ],
  [
    "a server answers every connection with its script",
    `const server = listenPeer(80, [{ atMs: 5, send: "hi" }, { atMs: 6, close: true }]); const a = must(TcpStream.connect(80)); a.writeAll("one"); console.log(readAll(a)); const b = must(TcpStream.connect(80)); console.log(readAll(b)); console.log(server.connections().map((p) => p.receivedText()).join("|"));`,
    prints("hi", "hi", "one|"),
  ],
  [
    "two scripts talk to each other, even where bytes take no time",
    `network({ latencyMs: 0, bufferBytes: 3 }); const server = listenPeer(80, [{ atMs: 1, send: "answer one" }, { atMs: 1, send: "answer two" }, { atMs: 2, close: true }]); const p = connectPeer(80, [{ atMs: 1, send: "question" }, { atMs: 1, send: "s" }]); sleep(3); console.log(p.receivedText(), server.connections()[0]!.receivedText(), p.endedAtMs());`,
    prints("answer oneanswer two questions 2"),
  ],
  [
    "a text that was cut in the middle of a character is whole again",
    `const l = must(TcpListener.bind(80)); const p = connectPeer(80, []); const s = must(l.accept()); s.write(new Uint8Array([97, 226, 130])); sleep(1); s.write(new Uint8Array([172, 255])); sleep(1); console.log(p.pieces().length, p.receivedText());`,
    prints("2 a€\u{fffd}"),
  ],
];

for (const [title, body, expected] of CLIENTS) it(title, () => checkNet(body, expected));

const SERVER = `${NET_IMPORTS} export function serveOne(l: TcpListener): void { const s = must(l.accept()); s.writeAll(readAll(s).toUpperCase()); s.close(); }`;
const CHECKS = `
import { check, connectPeer, expect, liveThreads, network } from "check";
import { TcpListener } from "std/net";
import { serveOne } from "./main";
check("shouts", "the answer is in capitals", () => {
  network({ latencyMs: 2, shortTransfers: false });
  const bound = TcpListener.bind(80);
  if (!bound.ok) return;
  const client = connectPeer(80, [{ atMs: 10, send: "quiet" }, { atMs: 20, shutdown: true }]);
  expect(liveThreads() === 1, "the client is a thread");
  serveOne(bound.value);
  expect(client.endedAtMs() === undefined, "the end travels as well");
  expect(client.receivedText() === "", "the answer travels as well");
});
`;

it("a check plays a client that the program cannot tell from a real one", async () => {
  const program = await loadChecks(SERVER, CHECKS);
  const result = program.run({ entry: { kind: "check", index: 0 }, chooser: fifo });
  expect(result.outcome).toMatchObject({ kind: "passed", message: "" });
  expect(result.expectations).toBe(3);
});
