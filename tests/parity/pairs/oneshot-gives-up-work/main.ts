import { type Async, blockOn, selectBiased, spawn } from "rt";
import { oneshot, type OneshotSender } from "rt/sync";
import { Instant, sleep, timeout } from "rt/time";

export function main(): void {
  blockOn(body());
}

function* serve(start: Instant, reply: OneshotSender<string>, ms: number): Async<string> {
  const won = yield* selectBiased({ gone: reply.closed(), done: sleep(ms) });
  if (won.branch === "gone") return `gave up at ${start.elapsed()}`;
  const sent = reply.send("answer");
  return `${sent.ok ? "answered" : sent.error} at ${start.elapsed()}`;
}

function* body(): Async<void> {
  const start = Instant.now();
  for (const ms of [10, 20, 30]) {
    const [tx, rx] = oneshot<string>();
    const server = spawn(serve(start, tx, ms));
    const got = yield* timeout(20, rx);
    console.log(got.ok ? (got.value.ok ? got.value.value : got.value.error) : got.error);
    const told = yield* server;
    console.log(told.ok && told.value);
  }
}
