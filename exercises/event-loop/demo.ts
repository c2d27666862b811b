import { TcpListener } from "std/net";
import { Instant } from "std/time";
import { connectPeer, network, type Peer } from "world";
import { serve } from "./main";

// Yours to change. "Run" runs this file; "Check" does not look at it.

network({ latencyMs: 0 });
const doors = [7_000, 7_001].map((port) => TcpListener.bind(port));
const [lines, control] = doors.map((door) => (door.ok ? door.value : undefined));
if (lines === undefined || control === undefined) throw new Error("a port is taken");

// Three clients, played by the machine. Bob does not read until 500 ms, and his connection holds 16 bytes.
const ann = connectPeer(7_000, [
  { atMs: 100, send: "good " },
  { atMs: 200, send: "morning\n" },
  { atMs: 300, send: "and good night\n" },
  { atMs: 400, close: true },
]);
const bob = connectPeer(
  7_000,
  [
    { atMs: 0, reading: false },
    { atMs: 20, send: "a line of mine.\n" },
    { atMs: 40, send: "another of them\n" },
    { atMs: 500, reading: true },
  ],
  { bufferBytes: 16 },
);
const cyd = connectPeer(7_000, [{ atMs: 0, send: "one\ntwo\nthree\n" }], { connectAtMs: 250 });

// Who says stop, at 700 ms. A serve that does not listen to it never comes back, and the run says where it hangs.
connectPeer(7_001, [{ atMs: 700, close: true }]);
const stop = control.accept();
if (!stop.ok) throw new Error("nobody to stop it");

const began = Instant.now();
const count = serve(lines, stop.value);
console.log(`it has sent back ${count} lines`);

function tell(name: string, peer: Peer): void {
  for (const { atMs, bytes } of peer.pieces())
    console.log(`${name} got ${JSON.stringify(new TextDecoder().decode(bytes))} at ${Math.round(atMs)} ms`);
}
tell("ann", ann);
tell("bob", bob);
tell("cyd", cyd);
console.log(`${began.elapsed()} ms have passed`);
