import { TcpListener } from "std/net";
import { Instant } from "std/time";
import { connectPeer } from "world";
import { LineReader } from "./main";

// Yours to change. "Run" runs this file; "Check" does not look at it.

const listener = TcpListener.bind(7_000);
if (!listener.ok) throw new Error("port 7000 is taken");

// A weather station on a bad line. The machine plays it: what it sends, and when, counted from the beginning.
connectPeer(7_000, [
  { atMs: 50, send: "temperature 1" },
  { atMs: 120, send: "7\nwind 4\nra" },
  { atMs: 300, send: "i" },
  { atMs: 600, send: "n" },
  { atMs: 900, send: " 0\n" },
  { atMs: 1_000, close: true },
]);

const station = listener.value.accept();
if (!station.ok) throw new Error("nobody came");

const began = Instant.now();
const reader = new LineReader(station.value);
while (true) {
  const line = reader.readLine(250);
  console.log(line.ok ? `line: ${line.value}` : line.error);
  if (!line.ok && line.error === "closed") break;
  if (began.elapsed() > 3_000) break;
}
