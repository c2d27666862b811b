import { expect, it } from "vitest";
import { run } from "../engine.ts";
import { checkIo, ioProgram } from "./rt-io-table.ts";
import { ends, prints, type Row } from "./table.ts";

const AGAIN =
  "A future is polled after it was ready: its value has been handed out. Wait for each future once; for another value make another future.";

/** What a program prints that catches the error of `call`, which comes at the call and not at the first poll. */
const caught = (call: string, message: string): Row => [
  `${call}: a clear error`,
  `const [c, s] = yield* both(); const f = must(yield* AsyncFile.append("t")); try { ${call}; } catch (e) { console.log((e as Error).name + ": " + (e as Error).message); } console.log(c.port > 0, s.port, yield* f.seek(0));`,
  prints(message, "true 9 0"),
];

const ARGUMENTS: readonly Row[] = [
  caught(
    `AsyncTcpListener.bind(70_000)`,
    "RangeError: AsyncTcpListener.bind(port) needs a whole number from 0 to 65535, got 70000",
  ),
  caught(
    `AsyncTcpListener.bind(80, { backlog: 0 })`,
    "RangeError: bind(port, { backlog }) needs a whole number from 1, got 0",
  ),
  caught(
    `AsyncTcpStream.connect("80" as never)`,
    'RangeError: AsyncTcpStream.connect(port) needs a whole number from 1 to 65535, got "80"',
  ),
  caught(`c.read(0)`, "RangeError: read(max) needs a whole number of bytes from 1, got 0"),
  caught(`c.tryRead(1.5)`, "RangeError: tryRead(max) needs a whole number of bytes from 1, got 1.5"),
  caught(`c.write([1] as never)`, "TypeError: write(data) needs text or a Uint8Array, got [1]"),
  caught(`c.tryWrite(1 as never)`, "TypeError: tryWrite(data) needs text or a Uint8Array, got 1"),
  caught(`c.writeAll(null as never)`, "TypeError: writeAll(data) needs text or a Uint8Array, got null"),
  caught(`c.shutdown("all" as never)`, 'RangeError: shutdown(how) needs "read", "write" or "both", got all'),
  caught(
    `AsyncTcpStream.fromStd(c as never)`,
    "TypeError: AsyncTcpStream.fromStd(stream) needs a TcpStream of std/net, got [AsyncTcpStream]",
  ),
  caught(
    `AsyncTcpListener.fromStd(80 as never)`,
    "TypeError: AsyncTcpListener.fromStd(listener) needs a TcpListener of std/net, got 80",
  ),
  caught(
    `AsyncFile.fromStd("journal" as never)`,
    "TypeError: AsyncFile.fromStd(file) needs a File of std/fs, got journal",
  ),
  caught(
    `AsyncTcpStream.prototype.read.call(f as never, 1)`,
    "TypeError: This method was called without its object: write `object.method()`.",
  ),
  caught(
    `poll([{ source: c as never }])`,
    "TypeError: poll(interests) needs a TcpListener or a TcpStream as source of interest 0, got [AsyncTcpStream]",
  ),
  caught(
    `AsyncFile.open("/etc/passwd")`,
    'PathError: AsyncFile.open(path) cannot use "/etc/passwd": names begin at the program\'s own folder, not with `/`. Write "etc/passwd".',
  ),
  caught(
    `AsyncFile.openWith("a", { create: true })`,
    "TypeError: AsyncFile.openWith(path, options) needs `read`, `write` or `append` to be true",
  ),
  caught(`rename("a", "")`, 'PathError: rename(from, to) cannot use "": it is empty. Give the file a name.'),
  caught(`write("a", 5 as never)`, "TypeError: write(path, data) needs text or a Uint8Array, got 5"),
  caught(`f.read(0)`, "RangeError: read(max) needs a whole number from 1, got 0"),
  caught(`f.seek(0.5)`, "RangeError: seek(offset) needs a whole number of bytes, got 0.5"),
  caught(
    `f.seek(0, "middle" as never)`,
    'TypeError: seek(offset, from) needs "start", "current" or "end", got middle',
  ),
];

/** Polls a future by hand until it is ready, and once more. */
const twice = (what: string, future: string): Row => [
  `${what} that is polled after it was ready is refused`,
  `class Twice<T> extends Future<void> { constructor(readonly inner: Future<T>) { super(); } override poll(cx: Context): Poll<void> { const poll = this.inner.poll(cx); if (!poll.ready) return Poll.pending;
this.inner.poll(cx); return Poll.ready(undefined); } } using l = must(AsyncTcpListener.bind(80)); const c = must(yield* AsyncTcpStream.connect(80)); const f = must(yield* AsyncFile.append("t"));
yield* new Twice(${future});`,
  ends("misuse", AGAIN, "3:1"),
];

const AGAIN_ROWS: readonly Row[] = [
  twice("an accept", "l.accept()"),
  twice("a connect", "AsyncTcpStream.connect(80)"),
  twice("a write", 'c.write("x")'),
  twice("a writeAll", 'c.writeAll("x")'),
  twice("a writable", "c.writable()"),
  twice("an open", 'AsyncFile.open("t")'),
  twice("a file's read", "f.read(1)"),
  twice("a file's writeAll", 'f.writeAll("x")'),
  twice("a readToEnd", "f.readToEnd()"),
  twice("a readToString of a path", 'readToString("t")'),
];

const MISUSES: readonly Row[] = [
  [
    "reading after close is a misuse, with the place of the close",
    `const [client, server] = yield* both();\nclient.close();\nyield* client.read(1); server.close();`,
    ends(
      "misuse",
      "main uses the connection to port 9 after it was closed (main.ts:3:1). Close it once nobody needs it any more, or connect again.",
      "4:1",
    ),
  ],
  [
    "so is accepting",
    `const listener = must(AsyncTcpListener.bind(80));\nlistener.close();\nyield* listener.accept();`,
    ends(
      "misuse",
      "main uses the listener at port 80 after it was closed (main.ts:3:1). Close it once nobody needs it any more, or bind the port again.",
      "4:1",
    ),
  ],
  [
    "and writing to a file",
    `const log = must(yield* AsyncFile.append("log"));\nlog.close();\nyield* log.writeAll("x");`,
    ends(
      "misuse",
      "main uses `log` after it was closed (main.ts:3:1). Close it once nobody needs it any more, or open it again.",
      "4:1",
    ),
  ],
  [
    "a stream that a task took along belongs to that task",
    `const [client, server] = yield* both(); server.close();\ntask((function* (): Async<void> { yield* client.writeAll("x"); })(), { name: "writer" });\nyield* client.read(1);`,
    ends(
      "misuse",
      "main uses `client` after it moved into writer (main.ts:3:1). Clone it first and move the clone: `client.tryClone()`.",
      "4:1",
    ),
  ],
  [
    "so does a file",
    `const log = must(yield* AsyncFile.append("log"));\ntask((function* (): Async<void> { yield* log.sync(); })());\nyield* log.write("x");`,
    ends(
      "misuse",
      "main uses `log` after it moved into task-1 (main.ts:3:1). Clone it first and move the clone: `log.tryClone()`.",
      "4:1",
    ),
  ],
  [
    "a file of std that was handed over is used up, so it cannot be handed over twice",
    `const journal = must(File.append("journal"));\nconst first = AsyncFile.fromStd(journal);\nconst second = AsyncFile.fromStd(journal); first.close(); second.close();`,
    ends(
      "misuse",
      "main uses `journal` after it moved into AsyncFile.fromStd() (main.ts:3:15). Clone it first and move the clone: `file.tryClone()`.",
      "4:16",
    ),
  ],
  [
    "nor be used beside its future form",
    `const accepted = must(TcpListener.bind(80));\nconst listener = AsyncTcpListener.fromStd(accepted);\naccepted.accept(); listener.close();`,
    ends(
      "misuse",
      "main uses the listener at port 80 after it moved into AsyncTcpListener.fromStd() (main.ts:3:18). Clone it first and move the clone: `listener.tryClone()`.",
    ),
  ],
  [
    "writing to a file that was opened for reading names both places",
    `yield* write("t", "x");\nconst f = must(yield* AsyncFile.open("t"));\nyield* f.write("y");`,
    ends(
      "misuse",
      "main writes to `t`, which was opened for reading (main.ts:3:16). Open it with `File.append` to add to it, or with `File.create` to begin anew.",
      "4:1",
    ),
  ],
  [
    "a read that nothing can end is a deadlock, and says on what",
    `const [client, server] = yield* both();\nyield* client.read(1); server.close();`,
    ends("deadlock", "main waits for bytes on the connection to port 9. Nobody can go on.", "3:1"),
  ],
  [
    "two tasks that wait for each other's bytes are named with their tasks",
    `const [a, b] = yield* both(); function* wait(own: AsyncTcpStream): Async<void> { using s = own;\nyield* s.read(1); }\nyield* join(task(wait(a), { name: "left" }), task(wait(b), { name: "right" }));`,
    ends(
      "deadlock",
      "left waits for bytes on the connection to port 9. right waits for bytes on the connection from port 49152. Nobody can go on.",
    ),
  ],
  [
    "a server task that accepts for ever is a leak, named by its port",
    `const listener = must(AsyncTcpListener.bind(80));\ntask((function* (): Async<void> { for (;;) must(yield* listener.accept()).close(); })(), { name: "server" });\nmust(yield* AsyncTcpStream.connect(80));`,
    ends(
      "leak",
      "server was still there 1,000 ms after the rest had ended: it waits for a connection to port 80.",
      "3:49",
    ),
  ],
];

it.each([...ARGUMENTS, ...AGAIN_ROWS, ...MISUSES])("%s", (_title, body, expected) => checkIo(body, expected));

const UNPOLLED =
  "A future is made here and never polled, so nothing of it happens: wait for it with `yield*`, or give it to `spawn`.";

it("futures of sockets and files that are made and never polled are told, each with its place, once", async () => {
  const { outcome, warnings } = await run(
    ioProgram(`
using l = must(AsyncTcpListener.bind(80)); const c = must(yield* AsyncTcpStream.connect(80)); const f = must(yield* AsyncFile.append("t"));
l.accept();
AsyncTcpStream.connect(80);
c.writeAll("x");
c.readable();
f.writeAll("x");
f.sync();
f.readToEnd();
write("t", "x");`),
  );
  expect(`${outcome.kind} ${outcome.message}`.trim()).toBe("passed");
  expect(warnings.map(({ place, message }) => [place?.line, message])).toEqual(
    [4, 5, 6, 7, 8, 9, 10, 11].map((line) => [line, UNPOLLED]),
  );
});
