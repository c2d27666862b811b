/** A page of what learners write: every module of `std` and `rt`, and what `yield*` and `select` infer. */
export const TYPICAL_CODE = `
import { availableParallelism, current, type JoinHandle, park, parkTimeout, scope, sleep as block, spawn as thread } from "std/thread";
import { AtomicBool, AtomicI32, Barrier, channel as stdChannel, Condvar, Mutex, OnceLock, RwLock, SharedCell, syncChannel } from "std/sync";
import { Instant } from "std/time";
import { work } from "std/cpu";
import { TcpListener, TcpStream } from "std/net";
import { File } from "std/fs";
import { assert, assertEq } from "std/assert";
import { type Async, blockOn, Context, Future, join, joinAll, Poll, type Result, select, selectBiased, spawn, tryJoin, Waker, yieldNow } from "rt";
import { broadcast, CancellationToken, channel, Mutex as AsyncMutex, Notify, oneshot, type Receiver, Semaphore, type Sender, unboundedChannel, watch } from "rt/sync";
import { interval, sleep, timeout } from "rt/time";
import { JoinSet, scope as taskScope, spawnBlocking } from "rt/task";
import { fromIterable } from "rt/stream";

export type Event = { readonly kind: "key"; readonly key: string } | { readonly kind: "end" };

export function* forward(events: Receiver<Event>, batches: Sender<Event[]>): Async<void> {
  const beat = interval(500);
  let batch: Event[] = [];
  while (true) {
    const won = yield* select({ tick: beat.tick(), event: events.recv() });
    if (won.branch === "event" && won.value.ok) {
      batch.push(won.value.value);
      continue;
    }
    const sent = yield* batches.send(batch);
    if (!sent.ok || won.branch === "event") return;
    batch = [];
  }
}

function* slow(): Async<number> {
  const x: void = yield* sleep(5);
  return x === undefined ? 1 : 2;
}

function* load(id: number): Async<Result<string, "not-found">> {
  yield* yieldNow();
  return id > 0 ? { ok: true, value: String(id) } : { ok: false, error: "not-found" };
}

class Countdown extends Future<string> {
  #left: number;
  constructor(left: number) {
    super();
    this.#left = left;
  }
  override poll(cx: Context): Poll<string> {
    if (this.#left === 0) return Poll.ready("done");
    this.#left -= 1;
    cx.waker.wake();
    return Poll.pending;
  }
  override drop(): void {
    console.log("dropped");
  }
}

function* all(): Async<number> {
  const task = spawn(slow(), { name: "slow" });
  const other = new Countdown(3);
  const [a, b]: [number, string] = yield* join(slow(), other);
  const many: number[] = yield* joinAll([slow(), slow()]);
  const both: Result<[string, string], "not-found"> = yield* tryJoin(load(1), load(2));
  const ended: Result<number, "cancelled"> = yield* task;
  const first = yield* selectBiased({ late: sleep(10), text: load(3), off: a > 1 && slow() });
  if (first.branch === "text" && first.value.ok) assertEq(first.value.value.length, 1);
  const timed: Result<number, "elapsed"> = yield* timeout(10, slow());
  const inline = yield* (function* (): Async<string> { return b; })();
  task.abort();
  return a + many.length + (both.ok ? both.value[0].length : 0) + (ended.ok ? ended.value : 0) + (timed.ok ? 1 : 0) + inline.length;
}

function* channels(): Async<void> {
  const [tx, rx] = channel<number>(4);
  const [open, events] = unboundedChannel<Event>();
  const [answer, asked] = oneshot<string>();
  const permit = yield* new Semaphore(1).acquire();
  if (!permit.ok) return;
  using held = permit.value;
  const told = new Notify();
  told.notifyOne();
  yield* told.notified();
  open.send({ kind: "key", key: "a" });
  const got = yield* events.recv();
  if (got.ok && got.value.kind === "key") answer.send(got.value.key);
  const text = yield* asked;
  yield* tx.clone().send(text.ok ? text.value.length : 0);
  const next: Result<number, "disconnected"> = yield* rx.recv();
  console.log(next, held);
}

function* structured(): Async<number[]> {
  const set = new JoinSet<number>();
  set.spawn(slow());
  const blocked: number = yield* spawnBlocking(() => 7);
  const scoped: string = yield* taskScope(function* (): Async<string> { return "x"; });
  const token = new CancellationToken();
  const stopped = yield* select({ stop: token.cancelled(), work: slow() });
  const list: number[] = yield* fromIterable([1, 2, 3]).map((n) => n * 2).collect();
  const [told, news] = watch(1);
  const [all, some] = broadcast<string>(4);
  console.log(blocked, scoped, stopped.branch, told, news, all, some, new AsyncMutex(0));
  return list;
}

export function byHand<T>(future: Future<T>): T {
  const cx = new Context(Waker.from(current()));
  for (;;) {
    const polled = future.poll(cx);
    if (polled.ready) return polled.value;
    park();
  }
}

export function main(): void {
  const started = Instant.now();
  const total: number = blockOn(all()) + byHand(slow());
  blockOn(channels());
  blockOn(structured());
  const [tx, rx] = stdChannel<number>();
  const [bounded] = syncChannel<string>(1);
  const worker: JoinHandle<number> = thread(() => { tx.send(total); return total; }, { name: "worker" });
  for (const value of rx) console.log(value, bounded.trySend("x"));
  const counter = new Mutex({ count: 0 });
  const changed = new Condvar();
  {
    using held = counter.lock();
    held.value.count += worker.join();
    changed.notifyAll();
  }
  const done = new AtomicBool(false);
  const hits = new AtomicI32(0);
  hits.fetchAdd(1);
  done.store(true);
  const cell = new SharedCell<number>(0);
  cell.set(cell.get() + 1);
  const once = new OnceLock<string>();
  console.log(once.getOrInit(() => "x"), new Barrier(1).wait(), availableParallelism());
  const table = new RwLock(new Map<string, number>());
  using reading = table.read();
  console.log(reading.value.size, done.load());
  const sums = scope((s) => [1, 2].map((n) => s.spawn(() => n * 2)).map((one) => one.join()));
  assert(sums.length === 2, "two sums");
  parkTimeout(1);
  block(1);
  work(1);
  console.log(started.elapsed());
}

export function files(): void {
  const opened = File.open("a.txt");
  if (opened.ok) console.log(opened.value);
}

export function sockets(): void {
  const listener = TcpListener.bind(80);
  const stream = TcpStream.connect(80);
  console.log(listener, stream);
}
`;
