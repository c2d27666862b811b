import { it } from "vitest";
import { checkNet } from "./net-table.ts";
import { prints, type Row } from "./table.ts";

const CONNECTIONS: readonly Row[] = [
  [
    "connecting takes one way there and one back, accepting one",
    `const t = Instant.now(); const l = must(TcpListener.bind(80)); spawn(() => { must(TcpStream.connect(80)); console.log("connected", t.elapsed()); }); const s = must(l.accept()); console.log("accepted", t.elapsed()); sleep(1); console.log(readAll(s) === "");`,
    prints("accepted 0.1", "connected 0.2", "true"),
  ],
  [
    "both sides know both ports",
    `const l = must(TcpListener.bind(80)); const c = must(TcpStream.connect(80)); const s = must(l.accept()); console.log(l.port, s.port, c.peer, s.peer === c.port);`,
    prints("80 80 80 true"),
  ],
  [
    "port 0 is any free port, another one each time",
    `const a = must(TcpListener.bind(0)), b = must(TcpListener.bind(0)); console.log(a.port !== b.port, a.port > 1023, must(TcpStream.connect(a.port)).peer === a.port);`,
    prints("true true true"),
  ],
  [
    "nobody listens: refused, after one way there and one back",
    `const t = Instant.now(); console.log(show(TcpStream.connect(80)), t.elapsed());`,
    prints("error refused 0.2"),
  ],
  [
    "a port has one listener; closed, it is free at once",
    `const l = must(TcpListener.bind(80)); console.log(show(TcpListener.bind(80))); l.close(); console.log(TcpListener.bind(80).ok);`,
    prints("error address-in-use", "true"),
  ],
  [
    "a client is connected before anybody accepts it, and what it writes waits",
    `const l = must(TcpListener.bind(80)); const c = must(TcpStream.connect(80)); must(c.writeAll("early")); c.close(); sleep(50); console.log(readAll(must(l.accept())));`,
    prints("early"),
  ],
  [
    "connections are accepted in the order in which they came",
    `const l = must(TcpListener.bind(80)); const a = must(TcpStream.connect(80)); const b = must(TcpStream.connect(80)); console.log(must(l.accept()).peer === a.port, must(l.accept()).peer === b.port);`,
    prints("true true"),
  ],
  [
    "a client that finds the backlog full tries again after a second",
    `const l = must(TcpListener.bind(80, { backlog: 1 })); const t = Instant.now(); must(TcpStream.connect(80)); spawn(() => { sleep(500); l.accept(); sleep(1000); }); must(TcpStream.connect(80)); console.log(t.elapsed());`,
    prints("1000.4"),
  ],
  [
    "it gives up after seven attempts, two minutes later",
    `const l = must(TcpListener.bind(80, { backlog: 1 })); const t = Instant.now(); must(TcpStream.connect(80)); console.log(show(TcpStream.connect(80)), Math.round(t.elapsed() / 1000), l.port);`,
    prints("error timeout 127 80"),
  ],
  [
    "connectTimeout gives up at exactly its time, and nobody is left in the backlog",
    `const l = must(TcpListener.bind(80, { backlog: 1 })); must(TcpStream.connect(80)); const t = Instant.now(); console.log(show(TcpStream.connectTimeout(80, 250)), t.elapsed()); l.accept(); l.setNonblocking(true); sleep(3000); console.log(show(l.accept()));`,
    prints("error timeout 250", "error would-block"),
  ],
  [
    "a listener that does not wait says so, and gives what is there",
    `const l = must(TcpListener.bind(80)); l.setNonblocking(true); console.log(show(l.accept())); must(TcpStream.connect(80)); console.log(l.accept().ok, show(l.accept()));`,
    prints("error would-block", "true error would-block"),
  ],
  [
    "closing a listener cuts off the clients that nobody accepted",
    `const l = must(TcpListener.bind(80)); const c = must(TcpStream.connect(80)); l.close(); console.log(show(c.read(1)), show(TcpStream.connect(80)));`,
    prints("error reset error refused"),
  ],
];

const BYTES: readonly Row[] = [
  [
    "bytes arrive after the latency, in order, without the marks between writes",
    `const [c, s] = pair(); const t = Instant.now(); c.writeAll("one,"); c.writeAll("two"); sleep(1); console.log(text(must(s.read(100)))); c.writeAll("x"); const u = Instant.now(); s.read(1); console.log(u.elapsed());`,
    prints("one,two", "0.1"),
  ],
  [
    "a read takes at most what was asked for and leaves the rest",
    `const [c, s] = pair(); c.writeAll("abcdef"); console.log(text(must(s.read(2))), text(must(s.read(1))), text(must(s.read(100))));`,
    prints("ab c def"),
  ],
  [
    "the end of the stream is an empty read, again and again",
    `const [c, s] = pair(); c.writeAll("x"); c.close(); console.log(must(s.read(9)).length, must(s.read(9)).length, must(s.read(9)).length);`,
    prints("1 0 0"),
  ],
  [
    "half a close: the other direction goes on",
    `const [c, s] = pair(); c.writeAll("question"); c.shutdown("write"); console.log(readAll(s)); s.writeAll("answer"); s.close(); console.log(readAll(c), show(c.write("more")));`,
    prints("question", "answer error broken-pipe"),
  ],
  [
    "after shutdown for reading every read is at the end, and the other side can still write",
    `const [c, s] = pair(); s.writeAll("lost"); sleep(1); c.shutdown("read"); console.log(must(c.read(9)).length, show(s.write("also lost"))); sleep(1); console.log(must(c.read(9)).length);`,
    prints("0 ok 9", "0"),
  ],
  [
    "the first write to a side that has closed succeeds, the next one is a reset",
    `const [c, s] = pair(); s.close(); sleep(1); console.log(must(c.read(1)).length, show(c.write("a"))); sleep(1); console.log(show(c.write("b")), show(c.read(1)));`,
    prints("0 ok 1", "error reset error reset"),
  ],
  [
    "closing with bytes unread cuts the connection off",
    `const [c, s] = pair(); c.writeAll("unread"); sleep(1); s.writeAll("before"); s.close(); sleep(1); console.log(text(must(c.read(9))), show(c.read(1)));`,
    prints("before error reset"),
  ],
  [
    "a write finds the buffer full: some of it goes, then it waits for the reader",
    `network({ bufferBytes: 10 }); const [c, s] = pair(); const t = Instant.now(); spawn(() => { sleep(50); s.read(4); sleep(5); }); console.log(show(c.write("0123456789abc")), show(c.write("abc")), t.elapsed());`,
    prints("ok 10 ok 3 50"),
  ],
  [
    "writeAll goes on until all is written",
    `network({ bufferBytes: 8 }); const [c, s] = pair(); const r = spawn(() => readAll(s)); must(c.writeAll("a text longer than the buffer")); c.close(); console.log(r.join());`,
    prints("a text longer than the buffer"),
  ],
  [
    "a stream that does not wait says so in both directions",
    `network({ bufferBytes: 4 }); const [c, s] = pair(); c.setNonblocking(true); console.log(show(c.read(1)), show(c.write("12345")), show(c.write("5"))); console.log(s.port);`,
    prints("error would-block ok 4 error would-block", "9"),
  ],
  [
    "setReadTimeout ends each read at exactly its time, and bytes that come later are not lost",
    `const [c, s] = pair(); s.setReadTimeout(20); const t = Instant.now(); spawn(() => { sleep(30); c.writeAll("late"); sleep(100); }); console.log(show(s.read(9)), t.elapsed()); console.log(text(must(s.read(9))), t.elapsed()); s.setReadTimeout(undefined); console.log(must(s.read(9)).length, t.elapsed());`,
    prints("error timeout 20", "late 30.1", "0 130.1"),
  ],
  [
    "setWriteTimeout ends a write that finds no room at exactly its time",
    `network({ bufferBytes: 2 }); const [c, s] = pair(); c.setWriteTimeout(15); must(c.writeAll("12")); const t = Instant.now(); console.log(show(c.write("3")), t.elapsed(), s.port);`,
    prints("error timeout 15 9"),
  ],
  [
    "latency and bandwidth add up",
    `network({ latencyMs: 10, bandwidthBytesPerMs: 100 }); const [c, s] = pair(); const t = Instant.now(); c.writeAll(new Uint8Array(500)); console.log(must(s.read(999)).length, t.elapsed());`,
    prints("500 15"),
  ],
  [
    "a long write over a slow link comes in pieces",
    `network({ latencyMs: 0, bandwidthBytesPerMs: 1460 }); const [c, s] = pair(); const t = Instant.now(); c.writeAll(new Uint8Array(3000)); for (let i = 0; i < 3; i++) console.log(must(s.read(9999)).length, Math.round(t.elapsed() * 100));`,
    prints("1460 100", "1460 200", "80 205"),
  ],
  [
    "any byte goes through, and a text goes as UTF-8",
    `const [c, s] = pair(); const all = Uint8Array.from({ length: 256 }, (_, i) => i); c.writeAll(all); sleep(1); const got = must(s.read(999)); console.log(got.every((b, i) => b === i), got.length); c.writeAll("aé€😀"); sleep(1); console.log([...must(s.read(99))].join(" "));`,
    prints("true 256", "97 195 169 226 130 172 240 159 152 128"),
  ],
  [
    "a write is a copy: changing the array later changes nothing that was sent",
    `const [c, s] = pair(); const b = new Uint8Array([1, 2]); c.writeAll(b); b[0] = 9; console.log(must(s.read(9)).join());`,
    prints("1,2"),
  ],
  [
    "ten megabytes go through a buffer of 64 KiB, byte for byte",
    `const [c, s] = pair(); spawn(() => { must(c.writeAll(new Uint8Array(10_000_000).fill(200))); }); let n = 0; for (;;) { const b = must(s.read(1_000_000)); if (b.length === 0) break; n += b.length; if (b[0] !== 200 || b[b.length - 1] !== 200) throw new Error("changed"); } console.log(n);`,
    prints("10000000"),
  ],
];

const OWNERS: readonly Row[] = [
  [
    "a thread that ends closes what it owns",
    `const [c, s] = pair(); const t = Instant.now(); spawn(() => { c.writeAll("bye"); sleep(5); }); console.log(readAll(s), t.elapsed());`,
    prints("bye 5.1"),
  ],
  [
    "a clone keeps the stream open",
    `const [c, s] = pair(); const d = c.tryClone(); c.close(); sleep(1); d.writeAll("still"); d.close(); console.log(readAll(s));`,
    prints("still"),
  ],
  [
    "one thread reads while another one writes, each with a handle of its own",
    `const [c, s] = pair(); const d = c.tryClone(); const reader = spawn(() => readAll(d)); s.writeAll("down"); c.writeAll("up"); console.log(text(must(s.read(9)))); s.close(); console.log(reader.join());`,
    prints("up", "down"),
  ],
  [
    "a stream travels in a message, and what nobody receives is closed",
    `const [c, s] = pair(); const [tx, rx] = channel<TcpStream>(); tx.send(c); spawn(() => { must(rx.recv()).writeAll("from there"); }); console.log(readAll(s)); const [e, f] = pair(); const [ty, ry] = channel<TcpStream>(); ty.send(e); ry.drop(); console.log(must(f.read(9)).length);`,
    prints("from there", "0"),
  ],
  [
    "a stream in a Mutex serves several threads",
    `const [c, s] = pair(); const m = new Mutex(c); const all = ["a", "b"].map((x) => spawn(() => { using g = m.lock(); g.value.writeAll(x); })); for (const t of all) t.join(); sleep(1); console.log(text(must(s.read(9))).length);`,
    prints("2"),
  ],
  [
    "two threads accept from clones of one listener",
    `const l = must(TcpListener.bind(80)); const m = l.tryClone(); const a = spawn(() => must(l.accept()).peer), b = spawn(() => must(m.accept()).peer); const c = must(TcpStream.connect(80)), d = must(TcpStream.connect(80)); const got = [a.join(), b.join()].sort(); console.log(got.join() === [c.port, d.port].sort().join());`,
    prints("true"),
  ],
  [
    "`using` closes at the end of the block",
    `const [c, s] = pair(); { using out = c; out.writeAll("x"); } console.log(readAll(s));`,
    prints("x"),
  ],
  [
    "`using` leaves alone what was closed or has moved",
    `const [c, s] = pair(); { using a = c; using b = s; a.close(); spawn(() => console.log(readAll(b) === "")).join(); }`,
    prints("true"),
  ],
  [
    "a stream in a Mutex can be closed there",
    `const [c, s] = pair(); const m = new Mutex(c); { using g = m.lock(); g.value.close(); } s.setReadTimeout(9); console.log(show(s.read(1)));`,
    prints("ok "),
  ],
];

const POLL: readonly Row[] = [
  [
    "poll waits for whichever comes first and tells it",
    `const l = must(TcpListener.bind(80)); const [c, s] = pair(); spawn(() => { sleep(5); c.writeAll("x"); sleep(10); }); const t = Instant.now(); const ready = poll([{ source: l, readable: true }, { source: s, readable: true }]); console.log(ready.length, ready[0]!.source === s, ready[0]!.readable, ready[0]!.writable, t.elapsed());`,
    prints("1 true true false 5.1"),
  ],
  [
    "poll is level-triggered: what was left unread is told again",
    `const [c, s] = pair(); c.writeAll("abc"); sleep(1); const watch = [{ source: s, readable: true }]; console.log(poll(watch).length); s.read(1); console.log(poll(watch).length, poll(watch, 0).length); s.read(9); console.log(poll(watch, 0).length);`,
    prints("1", "1 1", "0"),
  ],
  [
    "a timeout of poll is an empty answer at exactly its time; 0 only looks",
    `const [c, s] = pair(); const t = Instant.now(); console.log(poll([{ source: s, readable: true }], 25).length, t.elapsed(), poll([{ source: s, readable: true }], 0).length, t.elapsed(), poll([], 10).length, t.elapsed(), c.port > 0);`,
    prints("0 25 0 25 0 35 true"),
  ],
  [
    "a stream is writable while there is room",
    `network({ bufferBytes: 4 }); const [c, s] = pair(); const watch = [{ source: c, writable: true }]; console.log(poll(watch, 0).length); c.writeAll("1234"); console.log(poll(watch, 0).length); spawn(() => { sleep(7); s.read(1); sleep(5); }); const t = Instant.now(); console.log(poll(watch).length, t.elapsed());`,
    prints("1", "0", "1 7"),
  ],
  [
    "the end of a stream and a reset are readable; a reset is told unasked as a hangup",
    `const [c, s] = pair(); c.shutdown("write"); sleep(1); const [end] = poll([{ source: s, readable: true }]); console.log(end!.readable, end!.hangup); s.writeAll("x"); sleep(1); c.close(); sleep(1); const [cut] = poll([{ source: s }]); console.log(cut!.readable, cut!.hangup);`,
    prints("true false", "false true"),
  ],
  [
    "a listener is readable while a connection waits",
    `const l = must(TcpListener.bind(80)); must(TcpStream.connect(80)); console.log(poll([{ source: l, readable: true }]).length); l.accept(); console.log(poll([{ source: l, readable: true }], 0).length);`,
    prints("1", "0"),
  ],
];

for (const [title, body, expected] of [...CONNECTIONS, ...BYTES, ...OWNERS, ...POLL])
  it(title, () => checkNet(body, expected));
