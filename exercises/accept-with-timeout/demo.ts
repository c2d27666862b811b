import { TcpListener } from "std/net";
import { connectPeer } from "world";
import { acceptTimeout } from "./main";

// Yours to change. "Run" runs this file; "Check" does not look at it.

const bound = TcpListener.bind(7_000);
if (!bound.ok) throw new Error("port 7000 is taken");
using listener = bound.value;

// Two clients, played by the machine: what they send, and when they connect.
connectPeer(7_000, [{ atMs: 0, send: "ann" }], { connectAtMs: 120 });
connectPeer(7_000, [{ atMs: 0, send: "bob" }], { connectAtMs: 900 });

for (let round = 1; round <= 5; round += 1) {
  const client = acceptTimeout(listener, 300);
  if (!client.ok) {
    console.log("nobody within 300 ms: time for something else");
    continue;
  }
  using stream = client.value;
  const hello = stream.read(16);
  console.log(`here is ${hello.ok ? new TextDecoder().decode(hello.value) : hello.error}`);
}
