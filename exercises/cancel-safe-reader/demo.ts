import { type Async, blockOn, select } from "rt";
import { AsyncTcpStream } from "rt/net";
import { interval } from "rt/time";
import { TcpListener } from "std/net";
import { connectPeer } from "world";
import { Lines } from "./main";

// Yours to change. "Run" runs this file; "Check" does not look at it.

const listener = TcpListener.bind(7_000);
if (!listener.ok) throw new Error("port 7000 is taken");

// A thermometer on a slow line. The machine plays it: what it sends, and when, counted from the beginning.
connectPeer(7_000, [
  { atMs: 5, send: "20.5\n" },
  { atMs: 12, send: "20" },
  { atMs: 27, send: ".7" },
  { atMs: 44, send: "\n21.0\n21" },
  { atMs: 58, send: ".4\n" },
  { atMs: 65, close: true },
]);

const accepted = listener.value.accept();
if (!accepted.ok) throw new Error("nobody came");

function* watch(stream: AsyncTcpStream): Async<void> {
  const lines = new Lines(stream);
  const clock = interval(10);
  while (true) {
    const won = yield* select({ tick: clock.tick(), line: lines.next() });
    if (won.branch === "tick") console.log("tick");
    else if (won.value.ok) console.log(`line: ${won.value.value}`);
    else return;
  }
}

blockOn(watch(AsyncTcpStream.fromStd(accepted.value)));
