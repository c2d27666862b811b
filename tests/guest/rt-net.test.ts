import { it } from "vitest";
import { checkIo } from "./rt-io-table.ts";
import { prints, type Row } from "./table.ts";

const CONNECTIONS: readonly Row[] = [
  [
    "connecting takes one way there and one back, accepting one, and the thread waits for both at once",
    `using l = must(AsyncTcpListener.bind(80)); const t = Instant.now(); function* client(): Async<number> { must(yield* AsyncTcpStream.connect(80)); return t.elapsed(); } function* server(): Async<number> { must(yield* l.accept()); return t.elapsed(); }
console.log(yield* join(client(), server()));`,
    prints("[0.2, 0.1]"),
  ],
  [
    "nothing of a connection is asked for before the first poll",
    `using l = must(AsyncTcpListener.bind(80)); const f = AsyncTcpStream.connect(80); yield* nap(5); const t = Instant.now(); yield* f; console.log(t.elapsed(), (yield* l.accept()).ok);`,
    prints("0.2 true"),
  ],
  [
    "both sides know both ports, and port 0 is any free one",
    `using l = must(AsyncTcpListener.bind(0)); const c = must(yield* AsyncTcpStream.connect(l.port)); const s = must(yield* l.accept()); console.log(l.port > 1023, s.port === l.port, c.peer === l.port, s.peer === c.port);`,
    prints("true true true true"),
  ],
  [
    "nobody listens: refused, after one way there and one back",
    `const t = Instant.now(); console.log(show(yield* AsyncTcpStream.connect(80)), t.elapsed());`,
    prints("error refused 0.2"),
  ],
  [
    "a port has one listener, of whichever library; closed, it is free at once",
    `const l = must(AsyncTcpListener.bind(80)); console.log(show(AsyncTcpListener.bind(80)), show(TcpListener.bind(80))); l.close(); console.log(TcpListener.bind(80).ok);`,
    prints("error address-in-use error address-in-use", "true"),
  ],
  [
    "a full backlog: the client gives up two minutes later, or as soon as a timeout says so, and nobody is left in it",
    `using l = must(AsyncTcpListener.bind(80, { backlog: 1 })); const t = Instant.now(); must(yield* AsyncTcpStream.connect(80)); console.log(yield* timeout(250, AsyncTcpStream.connect(80)), t.elapsed()); console.log(show(yield* AsyncTcpStream.connect(80)), Math.round(t.elapsed() / 1000)); yield* l.accept(); console.log(yield* timeout(500, l.accept()));`,
    prints('{ ok: false, error: "elapsed" } 250.2', "error timeout 127", '{ ok: false, error: "elapsed" }'),
  ],
  [
    "a thread of std talks to a task",
    `const client = spawn(() => { sleep(1); const s = must(TcpStream.connect(80)); must(s.writeAll("question")); s.shutdown("write"); return readAll(s); }); using l = must(AsyncTcpListener.bind(80)); using s = must(yield* l.accept()); console.log(yield* drain(s)); must(yield* s.writeAll("answer")); s.close(); yield* nap(1); console.log(client.join());`,
    prints("question", "answer"),
  ],
];

const BYTES: readonly Row[] = [
  [
    "bytes arrive after the latency, in order, without the marks between writes",
    `const [c, s] = yield* both(); yield* c.writeAll("one,"); yield* c.writeAll("two"); yield* nap(1); console.log(text(must(yield* s.read(100)))); yield* c.writeAll("x"); const t = Instant.now(); yield* s.read(1); console.log(t.elapsed());`,
    prints("one,two", "0.1"),
  ],
  [
    "a read takes at most what was asked for, and the end is an empty one again and again",
    `const [c, s] = yield* both(); yield* c.writeAll("abcd"); c.close(); yield* nap(1); for (const max of [1, 2, 9, 9, 9]) console.log(JSON.stringify(text(must(yield* s.read(max)))));`,
    prints('"a"', '"bc"', '"d"', '""', '""'),
  ],
  [
    "half a close: the other direction goes on, and this one is a broken pipe",
    `const [c, s] = yield* both(); yield* c.writeAll("question"); c.shutdown("write"); console.log(yield* drain(s)); yield* s.writeAll("answer"); s.close(); console.log(yield* drain(c), show(yield* c.write("more")), show(yield* c.writeAll("more")), show(c.tryWrite("more")));`,
    prints("question", "answer error broken-pipe error broken-pipe error broken-pipe"),
  ],
  [
    "closing with bytes unread is a reset for the other side, in reads and writes",
    `const [c, s] = yield* both(); yield* c.writeAll("unread"); yield* nap(1); s.close(); yield* nap(1); console.log(show(yield* c.read(1)), show(yield* c.write("x")), show(c.tryRead(1)), show(c.tryWrite("x")));`,
    prints("error reset error reset error reset error reset"),
  ],
  [
    "a write waits for room, writes some, and says how many",
    `network({ bufferBytes: 10 }); const [c, s] = yield* both(); const t = Instant.now(); task((function* (): Async<void> { yield* nap(50); yield* s.read(4); yield* nap(5); })()); console.log(show(yield* c.write("0123456789abc")), show(yield* c.write("abcdef")), t.elapsed());`,
    prints("ok 10 ok 4 50"),
  ],
  [
    "writeAll goes on until all is written, and the tasks of the thread meanwhile",
    `network({ bufferBytes: 8 }); const [c, s] = yield* both(); const [, got] = yield* join((function* (): Async<void> { using own = c; must(yield* own.writeAll("a text longer than the buffer")); })(), drain(s)); console.log(got);`,
    prints("a text longer than the buffer"),
  ],
  [
    "writing nothing is done at once",
    `const [c] = yield* both(); const t = Instant.now(); console.log(show(yield* c.write("")), show(yield* c.writeAll(new Uint8Array(0))), t.elapsed());`,
    prints("ok 0 ok undefined 0"),
  ],
  [
    "any byte goes through, a text goes as UTF-8, and a write is a copy",
    `const [c, s] = yield* both(); const all = Uint8Array.from({ length: 256 }, (_, i) => i); yield* c.writeAll(all); all[0] = 9; yield* c.writeAll("é"); yield* nap(1); const got = must(yield* s.read(999)); console.log(got.length, got.subarray(0, 256).every((b, i) => b === i), got[256], got[257]);`,
    prints("258 true 195 169"),
  ],
  [
    "readable and writable wait until tryRead and tryWrite do something, and those never wait",
    `network({ bufferBytes: 4 }); const [c, s] = yield* both(); const t = Instant.now(); console.log(show(s.tryRead(9)), show(c.tryWrite("123456")), show(c.tryWrite("7"))); task((function* (): Async<void> { yield* nap(7); yield* s.readable(); console.log(text(must(s.tryRead(9)))); yield* s.readable(); console.log(t.elapsed(), text(must(s.tryRead(9)))); })()); yield* c.writable(); console.log(t.elapsed(), show(c.tryWrite("abc"))); yield* nap(1);`,
    prints("error would-block ok 4 error would-block", "1234", "7 ok 3", "7.1 abc"),
  ],
  [
    "the end of a stream and a reset are readable",
    `const [c, s] = yield* both(); c.shutdown("write"); yield* s.readable(); console.log(must(s.tryRead(1)).length); const [d, r] = yield* both(); yield* r.writeAll("x"); yield* nap(1); d.close(); yield* r.readable(); console.log(show(r.tryRead(1)));`,
    prints("0", "error reset"),
  ],
];

const OWNERS: readonly Row[] = [
  [
    "a task that ends closes what it owns, however it ends",
    `for (const how of ["returns", "is aborted", "panics"]) { const [c, s] = yield* both(); const h = task((function* (): Async<void> { must(yield* c.writeAll("bye")); if (how === "returns") return; yield* nap(5); if (how === "panics") throw new Error("no"); yield* nap(99); })()); if (how === "is aborted") { yield* nap(1); h.abort(); } const t = Instant.now(); console.log(how, yield* drain(s), t.elapsed() < 6); try { yield* h; } catch { console.log("panicked"); } }`,
    prints("returns bye true", "is aborted bye true", "panics bye true", "panicked"),
  ],
  [
    "a listener that a task took along is closed with the task",
    `const l = must(AsyncTcpListener.bind(80)); yield* task((function* (): Async<void> { console.log(yield* timeout(5, l.accept())); })()); console.log(AsyncTcpListener.bind(80).ok);`,
    prints('{ ok: false, error: "elapsed" }', "true"),
  ],
  [
    "what an async function is given moves into the task made of it, and a future of a stream takes the stream along",
    `function* echo(s: AsyncTcpStream): Async<void> { const b = must(yield* s.read(9)); yield* s.writeAll(b); } const [c, s] = yield* both(); const done = task(echo(s)); yield* c.writeAll("ping"); console.log(yield* drain(c)); yield* done; const [d, r] = yield* both(); const got = task(r.read(9)); yield* d.writeAll("x"); console.log(text(must(must(yield* got))), yield* drain(d));`,
    prints("ping", "x "),
  ],
  [
    "a stream travels in a channel of tasks, between threads, and in a task's result",
    `const [c, s] = yield* both(); const [tx, rx] = queue<AsyncTcpStream>(1); yield* tx.send(c); const t = spawn(() => blockOn((function* (): Async<AsyncTcpStream> { const own = must(yield* rx.recv()); yield* own.writeAll("there "); return own; })())); yield* nap(1); const back = t.join(); yield* back.writeAll("and "); const h = task((function* (): Async<AsyncTcpStream> { yield* back.writeAll("back"); return back; })()); must(yield* h).close(); console.log(yield* drain(s));`,
    prints("there and back"),
  ],
  [
    "a clone keeps the stream open, and one task reads while another one writes",
    `const [c, s] = yield* both(); const d = c.tryClone(); const reader = task(drain(d)); yield* c.writeAll("up"); c.close(); console.log(text(must(yield* s.read(9)))); yield* s.writeAll("down"); s.close(); console.log(must(yield* reader));`,
    prints("up", "down"),
  ],
  [
    "fromStd takes a std socket over, with what has arrived, and intoStd gives it back",
    `const l = must(TcpListener.bind(80)); const c = must(TcpStream.connect(80)); const accepted = must(l.accept()); accepted.setNonblocking(true); accepted.setReadTimeout(1); const server = AsyncTcpListener.fromStd(l); const s = AsyncTcpStream.fromStd(accepted); must(c.writeAll("abc")); sleep(1); console.log(text(must(yield* s.read(2)))); const more = task((function* (): Async<string> { yield* s.read(1); return text(must(yield* s.read(9))); })()); yield* nap(5); must(c.writeAll("late")); console.log(must(yield* more)); const back = server.intoStd(); back.setNonblocking(true); console.log(show(back.accept())); const client = AsyncTcpStream.fromStd(c).intoStd(); console.log(show(client.read(1)));`,
    prints("ab", "late", "error would-block", "ok "),
  ],
  [
    "a future waits for a listener that std calls would not wait for",
    `const l = must(TcpListener.bind(80)); l.setNonblocking(true); const server = AsyncTcpListener.fromStd(l); const t = Instant.now(); task((function* (): Async<void> { yield* nap(3); yield* AsyncTcpStream.connect(80); })()); console.log((yield* server.accept()).ok, t.elapsed());`,
    prints("true 3.1"),
  ],
  [
    "`using` closes at the end of the block, and leaves alone what was closed or has moved",
    `const [c, s] = yield* both(); { using out = c; yield* out.writeAll("x"); } console.log(yield* drain(s)); const [d, r] = yield* both(); { using a = d; using b = r; a.close(); task((function* (): Async<void> { console.log("moved", yield* drain(b)); })()); } yield* nap(1);`,
    prints("x", "moved "),
  ],
  [
    "what a join had accepted when it was dropped is closed",
    `using l = must(AsyncTcpListener.bind(80)); const c = must(yield* AsyncTcpStream.connect(80)); yield* timeout(5, join(l.accept(), nap(50))); console.log(must(yield* c.read(1)).length);`,
    prints("0"),
  ],
];

it.each([...CONNECTIONS, ...BYTES, ...OWNERS])("%s", (_title, body, expected) => checkIo(body, expected));
