import { it } from "vitest";
import { checkNet } from "./net-table.ts";
import { ends, prints, type Row } from "./table.ts";

/** What a program prints that catches the error of `call`. */
const caught = (call: string, message: string): Row => [
  `${call}: a clear error`,
  `const [c, s] = pair(); try { ${call}; } catch (e) { console.log((e as Error).name + ": " + (e as Error).message); } console.log(c.port > 0, s.port);`,
  prints(message, "true 9"),
];

const ARGUMENTS: readonly Row[] = [
  caught(
    `TcpListener.bind(70_000)`,
    "RangeError: TcpListener.bind(port) needs a whole number from 0 to 65535, got 70000",
  ),
  caught(
    `TcpListener.bind("80" as never)`,
    'RangeError: TcpListener.bind(port) needs a whole number from 0 to 65535, got "80"',
  ),
  caught(
    `TcpListener.bind(80, { backlog: 0 })`,
    "RangeError: bind(port, { backlog }) needs a whole number from 1, got 0",
  ),
  caught(
    `TcpStream.connect(0)`,
    "RangeError: TcpStream.connect(port) needs a whole number from 1 to 65535, got 0",
  ),
  caught(`c.read(0)`, "RangeError: read(max) needs a whole number of bytes from 1, got 0"),
  caught(
    `c.read(undefined as never)`,
    "RangeError: read(max) needs a whole number of bytes from 1, got undefined",
  ),
  caught(`c.write([1, 2] as never)`, "TypeError: write(data) needs text or a Uint8Array, got [1, 2]"),
  caught(
    `c.writeAll(new Uint16Array(1) as never)`,
    "TypeError: writeAll(data) needs text or a Uint8Array, got Uint16Array [0]",
  ),
  caught(`c.shutdown("all" as never)`, 'RangeError: shutdown(how) needs "read", "write" or "both", got all'),
  caught(`c.setNonblocking(1 as never)`, "TypeError: setNonblocking(nonblocking) needs true or false, got 1"),
  caught(
    `c.setReadTimeout(0)`,
    "RangeError: setReadTimeout(ms) got 0, which is no time at all: use setNonblocking(true) not to wait, or undefined to wait as long as it takes",
  ),
  caught(
    `c.setWriteTimeout(-1)`,
    "RangeError: setWriteTimeout(ms) needs a number of milliseconds from 0 to 8640000000, got -1",
  ),
  caught(
    `poll(c as never)`,
    "TypeError: poll(interests) needs an array of { source, readable, writable }, got [TcpStream]",
  ),
  caught(
    `poll([{ source: 3 as never }])`,
    "TypeError: poll(interests) needs a TcpListener or a TcpStream as source of interest 0, got 3",
  ),
  caught(
    `TcpStream.prototype.read.call(must(TcpListener.bind(80)) as never, 1)`,
    "TypeError: This method was called without its object: write `object.method()`.",
  ),
  caught(
    `channel<number>()[0].drop.call(c as never)`,
    "TypeError: This method was called without its object: write `object.method()`.",
  ),
  caught(
    `new (TcpStream as never as new (k: unknown, i: number) => object)(Symbol(), 1)`,
    "TypeError: Only the library makes these: an end of a channel comes from `channel()`, a guard from `lock()`, a thread from `spawn()`.",
  ),
  caught(
    `connectPeer(80, [{ atMs: 5, send: "x" }, { atMs: 4, close: true }])`,
    "RangeError: connectPeer's step 1 is at 4 ms, before the one in front of it: put the steps in order",
  ),
  caught(
    `connectPeer(80, [{ atMs: 5 } as never])`,
    "TypeError: connectPeer's step 0 says nothing to do: give it send, reading, shutdown, close or reset",
  ),
  caught(
    `network({ bufferBytes: 0 })`,
    "RangeError: network's bufferBytes needs a whole number from 1, got 0",
  ),
  caught(
    `network({ bandwidthBytesPerMs: 0 })`,
    "RangeError: network's bandwidthBytesPerMs needs a number above 0, got 0",
  ),
  caught(
    `must(TcpListener.bind(80)), listenPeer(80, [])`,
    "Error: listenPeer: another listener has port 80; choose another port",
  ),
];

const MISUSES: readonly Row[] = [
  [
    "reading after close is a misuse, with the place of the close",
    `const [client] = pair();\nclient.close();\nclient.read(1);`,
    ends(
      "misuse",
      "main uses the connection to port 9 after it was closed (main.ts:3:1). Close it once nobody needs it any more, or connect again.",
      "4:1",
    ),
  ],
  [
    "so is accepting after close",
    `const listener = must(TcpListener.bind(80));\nlistener.close();\nlistener.accept();`,
    ends(
      "misuse",
      "main uses the listener at port 80 after it was closed (main.ts:3:1). Close it once nobody needs it any more, or bind the port again.",
      "4:1",
    ),
  ],
  [
    "and polling after close",
    `const [client, server] = pair();\nclient.close();\npoll([{ source: server }, { source: client }]);`,
    ends(
      "misuse",
      "main uses the connection to port 9 after it was closed (main.ts:3:1). Close it once nobody needs it any more, or connect again.",
      "4:1",
    ),
  ],
  [
    "a stream that a thread took along belongs to that thread",
    `const [client, server] = pair();\nspawn(() => { client.writeAll("x"); }, { name: "writer" });\nclient.read(1); server.close();`,
    ends(
      "misuse",
      "main uses `client` after it moved into writer (main.ts:3:1). Clone it first and move the clone: `client.tryClone()`.",
      "4:1",
    ),
  ],
  [
    "a stream cannot be put where nobody owns it",
    `const [client] = pair();\nconst { SharedCell } = { SharedCell: Mutex };\nnew SharedCell(client); client.read(1);`,
    ends(
      "misuse",
      "main uses the connection to port 9 after it moved into a lock's value (main.ts:4:1). Clone it first and move the clone: `stream.tryClone()`.",
      "4:25",
    ),
  ],
  [
    "one socket more than there can be ends the run",
    `const all = [must(TcpListener.bind(80))]; for (let i = 0; i < 3; i++) connectPeer(80, [{ atMs: 1, close: true }]); sleep(5);\nfor (let i = 1; i < 1024; i++) all.push(must(TcpListener.bind(0)));\nall.pop()!.close(); must(TcpListener.bind(0));\nTcpListener.bind(0);`,
    ends(
      "over-limit",
      "main opens a socket while 1,024 are open, the most there can be. Close those that it is done with: `stream.close()`.",
      "5:1",
    ),
  ],
  [
    "a read that nothing can end is stuck, and says on what",
    `const [client, server] = pair();\nclient.read(1); server.close();`,
    ends("deadlock", "main waits for bytes on the connection to port 9. Nobody can go on.", "3:1"),
  ],
  [
    "a server that accepts for ever is a leak, named by its port",
    `const listener = must(TcpListener.bind(80));\nspawn(() => { listener.accept(); listener.accept(); }, { name: "server" });\nmust(TcpStream.connect(80));`,
    ends(
      "leak",
      "server was still there 1,000 ms after the rest had ended: it waits for a connection to port 80.",
      "3:34",
    ),
  ],
  [
    "two sides that both wait for room deadlock",
    `network({ bufferBytes: 2 }); const [a, b] = pair();\nconst other = spawn(() => { b.writeAll("long"); readAll(b); }, { name: "other" });\na.writeAll("long"); readAll(a); other.join();`,
    ends(
      "deadlock",
      "main waits for room in the connection to port 9, whose other side has left 2 bytes unread. other waits for room in the connection from port 49152, whose other side has left 2 bytes unread. Nobody can go on.",
    ),
  ],
];

for (const [title, body, expected] of [...ARGUMENTS, ...MISUSES]) it(title, () => checkNet(body, expected));
