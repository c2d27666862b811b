import { type Async, blockOn, selectBiased } from "rt";
import { AsyncTcpListener, AsyncTcpStream } from "rt/net";
import { JoinSet } from "rt/task";
import type { TcpListener, TcpStream } from "std/net";

/** The same with futures: one thread, a task for each client, and the loop is the executor's. */
export function serve(listener: TcpListener, stop: TcpStream): number {
  return blockOn(serveAll(AsyncTcpListener.fromStd(listener), AsyncTcpStream.fromStd(stop)));
}

function* serveAll(listener: AsyncTcpListener, stop: AsyncTcpStream): Async<number> {
  const count = { lines: 0 };
  using clients = new JoinSet<void>();
  while (true) {
    const won = yield* selectBiased({ stop: stop.readable(), client: listener.accept() });
    if (won.branch === "stop") break;
    if (won.value.ok) clients.spawn(echo(won.value.value, count));
  }
  yield* clients.shutdown();
  return count.lines;
}

function* echo(client: AsyncTcpStream, count: { lines: number }): Async<void> {
  let partial: number[] = [];
  while (true) {
    const got = yield* client.read(4_096);
    if (!got.ok || got.value.length === 0) return;
    partial.push(...got.value);
    const end = partial.lastIndexOf(10) + 1;
    const whole = partial.slice(0, end);
    partial = partial.slice(end);
    count.lines += whole.filter((byte) => byte === 10).length;
    const sent = yield* client.writeAll(Uint8Array.from(whole));
    if (!sent.ok) return;
  }
}
