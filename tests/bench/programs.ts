/** Programs the benchmarks run, as a learner would write them. */
export const PROGRAMS = {
  /** (a) Two threads and a shared counter: 14 kernel calls. */
  sharedCounter: `
import { spawn } from "std/thread";
import { SharedCell } from "std/sync";
export function main() {
  const count = new SharedCell(0);
  const bump = () => { const seen = count.get(); count.set(seen + 1); };
  const a = spawn(bump);
  const b = spawn(bump);
  a.join();
  b.join();
  console.log("total", count.get());
}`,
  /** (b) Three threads and a condition variable: one fills a slot, two empty it. */
  condition: `
import { spawn } from "std/thread";
import { Condvar, Mutex } from "std/sync";
export function main() {
  const slot = new Mutex<{ item: number | null }>({ item: null });
  const changed = new Condvar();
  const take = () => {
    using guard = slot.lock();
    while (guard.value.item === null) changed.wait(guard);
    const { item } = guard.value;
    guard.value.item = null;
    changed.notifyAll();
    return item;
  };
  const takers = [spawn(take), spawn(take)];
  const giver = spawn(() => {
    for (const item of [1, 2]) {
      using guard = slot.lock();
      while (guard.value.item !== null) changed.wait(guard);
      guard.value.item = item;
      changed.notifyAll();
    }
  });
  giver.join();
  console.log(takers.reduce((sum, taker) => sum + taker.join(), 0));
}`,
  /** (c) Ten tasks on one executor, each with a select and a timeout. */
  tasks: `
import { type Async, blockOn, joinAll, select, spawn } from "rt";
import { channel } from "rt/sync";
import { sleep, timeout } from "rt/time";
function* work(n: number): Async<number> {
  const [tx, rx] = channel<number>(1);
  spawn((function* (): Async<void> { yield* sleep(n % 3); yield* tx.send(n); })());
  const won = yield* select({ got: rx.recv(), late: sleep(1.5) });
  const more = yield* timeout(1, sleep(n));
  return (won.branch === "got" && won.value.ok ? won.value.value : 0) + (more.ok ? 100 : 0);
}
function* all(): Async<number> {
  const done = yield* joinAll(Array.from({ length: 10 }, (_, n) => spawn(work(n))));
  return done.length;
}
export function main() {
  console.log(blockOn(all()));
}`,
  /** (d) An echo server, a task a connection, and five clients in threads. */
  echo: `
import { spawn } from "std/thread";
import { TcpStream } from "std/net";
import { type Async, blockOn, joinAll, spawn as start } from "rt";
import { AsyncTcpListener, type AsyncTcpStream } from "rt/net";
const CLIENTS = 5;
function* echo(stream: AsyncTcpStream): Async<void> {
  for (;;) {
    const read = yield* stream.read(64);
    if (!read.ok || read.value.length === 0) return;
    yield* stream.writeAll(read.value);
  }
}
function* serve(listener: AsyncTcpListener): Async<void> {
  const connections = [];
  for (let n = 0; n < CLIENTS; n++) {
    const accepted = yield* listener.accept();
    if (accepted.ok) connections.push(start(echo(accepted.value)));
  }
  yield* joinAll(connections);
}
export function main() {
  const bound = AsyncTcpListener.bind(7000);
  if (!bound.ok) throw new Error(bound.error);
  const clients = Array.from({ length: CLIENTS }, (_, n) => spawn(() => {
    const connected = TcpStream.connect(7000);
    if (!connected.ok) throw new Error(connected.error);
    const stream = connected.value;
    stream.write(new TextEncoder().encode("hello " + n));
    const back = stream.read(64);
    stream.close();
    return back.ok ? back.value.length : 0;
  }));
  blockOn(serve(bound.value));
  console.log(clients.map((client) => client.join()).join(" "));
}`,
  /** Kernel calls that need no switch: one thread alone. */
  callsAlone: `
import { SharedCell } from "std/sync";
export function main() {
  const cell = new SharedCell(0);
  for (let i = 0; i < 5000; i++) cell.set(i);
}`,
  /** The same loop without kernel calls. */
  loopOnly: `
export function main() {
  const cell = { value: 0, set(n: number) { this.value = n; } };
  for (let i = 0; i < 5000; i++) cell.set(i);
}`,
  /** Kernel calls that each switch: two threads hand a turn to each other. */
  callsSwitching: `
import { spawn, yieldNow } from "std/thread";
export function main() {
  const other = spawn(() => { for (let i = 0; i < 2500; i++) yieldNow(); });
  for (let i = 0; i < 2500; i++) yieldNow();
  other.join();
}`,
  /** Thirty threads, one after the other. */
  forks: `
import { spawn } from "std/thread";
export function main() {
  for (let i = 0; i < 30; i++) spawn(() => i).join();
}`,
  /** Nothing at all: what a run costs by itself. */
  empty: `export function main() {}`,
} as const;

/** \`count\` threads that each change one counter under a lock. */
export const manyThreads = (count: number): string => `
import { spawn } from "std/thread";
import { Mutex } from "std/sync";
export function main() {
  const total = new Mutex(0);
  const threads = Array.from({ length: ${count - 1} }, () => spawn(() => { using guard = total.lock(); guard.value += 1; }));
  for (const thread of threads) thread.join();
}`;

/** \`count\` tasks of one executor that each wait once. */
export const manyTasks = (count: number): string => `
import { type Async, blockOn, joinAll, spawn, yieldNow } from "rt";
function* work(n: number): Async<number> { yield* yieldNow(); return n; }
function* all(): Async<void> { yield* joinAll(Array.from({ length: ${count} }, (_, n) => spawn(work(n)))); }
export function main() {
  blockOn(all());
}`;
