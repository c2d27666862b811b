import { it } from "vitest";
import { checkRow, ends, prints, refusesMoved, type Row } from "./table.ts";

/** Ends of channels have owners; guards stay where they are (DESIGN 4). The program of each row begins on line 2. */
const ROWS: readonly Row[] = [
  [
    "a sender that the closure names moves into the thread",
    `const [tx, rx] = channel<number>();
spawn(() => { tx.send(1); });
tx.send(2); rx.drop();`,
    refusesMoved("tx", "worker-1", "3:1", "4:1"),
  ],
  [
    "a moved sender may not be cloned any more",
    `const [tx, rx] = channel<number>();
spawn(() => { tx.send(1); });
tx.clone(); rx.drop();`,
    refusesMoved("tx", "worker-1", "3:1", "4:1"),
  ],
  [
    "a clone moves and the original stays",
    `const [tx, rx] = channel<number>();
const mine = tx.clone();
spawn(() => { mine.send(1); });
tx.send(2); tx.drop();
for (const n of rx) console.log(n);`,
    prints("2", "1"),
  ],
  [
    "a sender moved in a loop is gone in its second turn",
    `const [tx, rx] = channel<number>();
for (let i = 0; i < 2; i++)
  spawn(() => { tx.send(i); });
rx.drop();`,
    refusesMoved("tx", "worker-1", "4:3", "4:3"),
  ],
  [
    "a sender cloned in a loop serves every thread",
    `const [tx, rx] = channel<number>();
for (let i = 0; i < 3; i++) { const own = tx.clone(); spawn(() => { own.send(i); }); }
tx.drop();
let sum = 0;
for (const n of rx) sum += n;
console.log(sum);`,
    prints("3"),
  ],
  [
    "two closures that name one sender: the second comes too late",
    `const [tx, rx] = channel<number>();
const first = () => tx.send(1);
const second = () => tx.send(2);
spawn(first).join();
spawn(second); rx.drop();`,
    refusesMoved("tx", "worker-1", "5:1", "6:1"),
  ],
  [
    "a path to a sender names the whole path",
    `const [tx, rx] = channel<number>();
const ends = { tx };
spawn(() => { ends.tx.send(1); }).join();
ends.tx.send(2); rx.drop();`,
    refusesMoved("ends.tx", "worker-1", "4:1", "5:1"),
  ],
  [
    "a sender in a default parameter is captured",
    `const [tx, rx] = channel<number>();
spawn((out = tx) => { out.send(1); });
for (const n of rx) console.log(n);`,
    prints("1"),
  ],
  [
    "a destructured sender is the variable's, not the array's",
    `const pair = channel<number>();
const [tx, rx] = pair;
spawn(() => { tx.send(1); });
for (const n of rx) console.log(n);`,
    prints("1"),
  ],
  [
    "a shadowed name means the inner sender only",
    `const [tx, rx] = channel<number>();
{ const [tx, rx] = channel<number>(); spawn(() => { tx.send(2); }); for (const n of rx) console.log("inner", n); }
tx.send(1); tx.drop();
for (const n of rx) console.log("outer", n);`,
    prints("inner 2", "outer 1"),
  ],
  [
    "a sender reached through a helper function is shared",
    `const [tx, rx] = channel<number>();
const tell = (n: number) => { tx.send(n); };
spawn(() => tell(1)).join();
tell(2); tx.drop();
for (const n of rx) console.log(n);`,
    prints("1", "2"),
  ],
  [
    "two levels of helper functions deep as well, and it lives as long as any owner",
    `const [tx, rx] = channel<number>();
const deep = (n: number) => { tx.send(n); };
const helper = (n: number) => deep(n);
spawn(() => { sleep(5); helper(1); });
tx.drop();
for (const n of rx) console.log(n);`,
    prints("1"),
  ],
  [
    "a sender in a public field of an instance is shared",
    `class Worker { constructor(private tx: Sender<number>) {} tell(n: number) { this.tx.send(n); } close() { this.tx.drop(); } }
export function main() {
  const [tx, rx] = channel<number>();
  const worker = new Worker(tx);
  spawn(() => worker.tell(1)).join();
  worker.tell(2); worker.close();
  for (const n of rx) console.log(n);
}`,
    prints("1", "2"),
  ],
  [
    "a sender in a private field of an instance is shared",
    `class Worker { #tx; constructor(tx: Sender<number>) { this.#tx = tx; } tell(n: number) { this.#tx.send(n); } close() { this.#tx.drop(); } }
export function main() {
  const [tx, rx] = channel<number>();
  const worker = new Worker(tx);
  spawn(() => worker.tell(1)).join();
  worker.tell(2); worker.close();
  for (const n of rx) console.log(n);
}`,
    prints("1", "2"),
  ],
  [
    "a method that uses a module's sender shares it",
    `const [tx, rx] = channel<number>();
class Worker { tell(n: number) { tx.send(n); } }
export function main() {
  const worker = new Worker();
  spawn(() => worker.tell(1)).join();
  worker.tell(2); tx.drop();
  for (const n of rx) console.log(n);
}`,
    prints("1", "2"),
  ],
  [
    "a module's sender that the closure itself names moves",
    `const [tx, rx] = channel<number>();
export function main() {
  spawn(() => { tx.send(1); }).join();
  tx.send(2); rx.drop();
}`,
    refusesMoved("tx", "worker-1", "4:3", "5:3"),
  ],
  [
    "a sender in an array is shared",
    `const [tx, rx] = channel<number>();
const all = [tx];
spawn(() => all[0]!.send(1)).join();
all[0]!.send(2); tx.drop();
for (const n of rx) console.log(n);`,
    prints("1", "2"),
  ],
  [
    "a sender that is a Map's value or key, or a Set's member, is shared",
    `const [tx, rx] = channel<string>();
const byName = new Map([["a", tx]]), byKey = new Map([[tx, "b"]]), members = new Set([tx]);
spawn(() => { byName.get("a")!.send("a"); }).join();
spawn(() => { for (const [key, name] of byKey) key.send(name); }).join();
spawn(() => { for (const one of members) one.send("c"); }).join();
tx.drop();
for (const name of rx) console.log(name);`,
    prints("a", "b", "c"),
  ],
  [
    "a sender behind a getter is shared",
    `const [tx, rx] = channel<number>();
const holder = { get out() { return tx; } };
spawn(() => { holder.out.send(1); }).join();
holder.out.send(2); tx.drop();
for (const n of rx) console.log(n);`,
    prints("1", "2"),
  ],
  [
    "a sender behind an accessor that was defined later is shared",
    `const [tx, rx] = channel<number>();
const holder = Object.defineProperty({} as { out: Sender<number> }, "out", { get: () => tx });
spawn(() => { holder.out.send(1); });
tx.drop();
for (const n of rx) console.log(n);`,
    prints("1"),
  ],
  [
    "a bound function's arguments move",
    `const work = (tx: Sender<number>, n: number) => { tx.send(n); };
const [tx, rx] = channel<number>();
spawn(work.bind(null, tx, 7));
for (const n of rx) console.log(n);`,
    prints("7"),
  ],
  [
    "a sender bound into a function is gone from its parent",
    `const work = (tx: Sender<number>) => { tx.send(1); };
const [tx, rx] = channel<number>();
spawn(work.bind(null, tx)).join();
tx.send(2); rx.drop();`,
    refusesMoved("tx", "worker-1", "4:1", "5:1"),
  ],
  [
    "a sender that a proxy hides is shared, and no trap runs in a spawn",
    `const [tx, rx] = channel<number>();
const hidden = new Proxy({ tx }, { get(target, key) { console.log("trap"); return Reflect.get(target, key) as unknown; } });
const use = () => hidden.tx.send(1);
spawn(() => { use(); }).join();
tx.drop();
for (const n of rx) console.log(n);`,
    prints("trap", "1"),
  ],
  [
    "a closure passed as a parameter takes along what it captures",
    `const [tx, rx] = channel<number>();
const start = (body: () => void) => spawn(body);
start(() => { tx.send(1); }).join();
tx.send(2); rx.drop();`,
    refusesMoved("tx", "worker-1", "3:37", "5:1"),
  ],
  [
    "`this` in an arrow function carries the instance",
    `class Pool { workers: JoinHandle<number>[] = []; base = 40; run(n: number) { return this.base + n; }
  start(n: number) { this.workers.push(spawn(() => this.run(n))); } }
export function main() {
  const pool = new Pool();
  pool.start(1); pool.start(2);
  for (const worker of pool.workers) console.log(worker.join());
}`,
    prints("41", "42"),
  ],
  [
    "a sender moves with a message, however deep in it",
    `const [tx, rx] = channel<object>();
const [reply, answers] = channel<number>();
tx.send({ deep: [{ reply }] });
reply.send(1); rx.drop(); answers.drop();`,
    refusesMoved("reply", "a message", "4:1", "5:1"),
  ],
  [
    "a sender arrives with a message and works there",
    `const [tx, rx] = channel<{ reply: Sender<number> }>();
const [reply, answers] = channel<number>();
spawn(() => { for (const ask of rx) ask.reply.send(42); });
tx.send({ reply }); tx.drop();
for (const n of answers) console.log(n);`,
    prints("42"),
  ],
  [
    "a sender put into a lock's value belongs to the lock",
    `const [tx, rx] = channel<number>();
const shared = new Mutex({ tx });
tx.send(1); rx.drop();`,
    refusesMoved("tx", "a lock's value", "3:16", "4:1"),
  ],
  [
    "a sender in a lock's value is used under the lock, by any thread",
    `const [tx, rx] = channel<number>();
const shared = new Mutex({ tx });
spawn(() => { using guard = shared.lock(); guard.value.tx.send(1); }).join();
{ using guard = shared.lock(); guard.value.tx.send(2); }
console.log(show(rx.recv()), show(rx.recv()));`,
    prints("ok 1 ok 2"),
  ],
  [
    "a receiver in a lock's value serves one thread after the other",
    `const [tx, rx] = channel<number>();
const shared = new Mutex({ rx });
const take = () => { for (;;) { const guard = shared.lock(); const got = guard.value.rx.recv(); guard.unlock(); if (!got.ok) return; console.log(got.value); sleep(2); } };
const workers = [spawn(take), spawn(take)];
for (const n of [1, 2, 3]) { tx.send(n); sleep(1); }
tx.drop();
for (const worker of workers) worker.join();`,
    prints("1", "2", "3"),
  ],
  [
    "a sender dropped in a lock's value is gone",
    `const [tx, rx] = channel<number>();
const shared = new Mutex({ tx });
{ using guard = shared.lock(); guard.value.tx.drop(); }
console.log(show(rx.recv()));`,
    prints("error disconnected"),
  ],
  [
    "a sender taken out of a lock's value belongs to the thread that took it",
    `const [tx, rx] = channel<number>();
const shared = new Mutex<{ tx?: Sender<number> }>({ tx });
spawn(() => { using guard = shared.lock(); const mine = guard.value.tx!; delete guard.value.tx; guard.unlock(); mine.send(1); }).join();
console.log(show(rx.recv()), show(rx.recv()));`,
    prints("ok 1 error disconnected"),
  ],
  [
    "a dropped sender cannot be put into a lock's value",
    `const [tx, rx] = channel<number>();
const shared = new Mutex<{ tx?: Sender<number> }>({});
tx.drop();
const guard = shared.lock(); guard.value.tx = tx;
guard.unlock(); rx.drop();`,
    ends("misuse", "main uses the sender of `tx, rx` after it was dropped (main.ts:4:1).", "6:1"),
  ],
  [
    "a sender travels back with a thread's result",
    `const [tx, rx] = channel<number>();
const back = spawn(() => { tx.send(1); return { tx }; }).join();
back.tx.send(2); back.tx.drop();
for (const n of rx) console.log(n);`,
    prints("1", "2"),
  ],
  [
    "a sender in the result of a thread that nobody joins keeps its channel open",
    `const [tx, rx] = channel<number>();
const thread = spawn(() => { tx.send(1); return tx; });
sleep(1);
console.log(show(rx.tryRecv()), show(rx.tryRecv()));
thread.join().drop();
console.log(show(rx.tryRecv()));`,
    prints("ok 1 error empty", "error disconnected"),
  ],
  [
    "the end of a thread drops what it owned, so the channel ends exactly then",
    `const [tx, rx] = channel<number>();
const since = Instant.now();
spawn(() => { tx.send(1); sleep(30); });
for (const n of rx) console.log(n);
console.log(since.elapsed());`,
    prints("1", "30"),
  ],
  [
    "a panic drops what its thread owned",
    `const [tx, rx] = channel<number>();
const thread = spawn(() => { tx.send(1); throw new Error("lost"); });
for (const n of rx) console.log(n);
try { thread.join(); } catch (error) { console.log((error as Error).message); }`,
    prints("1", "lost"),
  ],
  [
    "`using` drops an end with its block",
    `const [tx, rx] = channel<number>();
{ using end = tx; end.send(1); }
for (const n of rx) console.log(n);
tx.send(2);`,
    ends("misuse", "main uses `tx` after it was dropped (main.ts:3:19).", "5:1"),
  ],
  [
    "a receiver that the closure names moves",
    `const [tx, rx] = channel<number>();
spawn(() => { rx.recv(); });
tx.send(1);
rx.recv();`,
    ends(
      "misuse",
      "main uses `rx` after it moved into worker-1 (main.ts:3:1). A receiver has one owner: use it there, or do not give it away.",
      "5:1",
    ),
  ],
  [
    "a receiver used by a second thread is refused",
    `const [tx, rx] = channel<number>();
const take = () => rx.recv();
spawn(() => take());
tx.send(1); tx.send(2); sleep(1);
take();`,
    ends(
      "misuse",
      "main uses the receiver of `tx, rx`, which worker-1 already uses. A channel has one consumer: hand the receiver to one thread, or give each thread a channel of its own.",
      "3:20",
    ),
  ],
  [
    "a cell cannot own a sender",
    `const cell = new SharedCell<unknown>(0);
const [tx, rx] = channel<number>();
cell.set(tx); rx.drop();`,
    ends("misuse", "A cell cannot hold an end of a channel. Put it into a Mutex instead.", "4:1"),
  ],
  [
    "a guard cannot be captured",
    `const shared = new Mutex({ n: 0 });
using guard = shared.lock();
spawn(() => guard.value.n);`,
    ends(
      "misuse",
      "The new thread would take `guard` along, but a lock's guard stays in the thread that locked. Unlock it first, and lock again in there.",
      "4:1",
    ),
  ],
  [
    "nor a guard in an object or an array",
    `const shared = new Mutex(0);
const held = { all: [shared.lock()] };
spawn(() => held.all[0]!.value);`,
    ends(
      "misuse",
      "The new thread would take `held.all[0]` along, but a lock's guard stays in the thread that locked. Unlock it first, and lock again in there.",
      "4:1",
    ),
  ],
  [
    "nor a guard that a helper function uses",
    `const shared = new Mutex(0);
using guard = shared.lock();
const read = () => guard.value;
spawn(() => read());`,
    ends(
      "misuse",
      "The new thread would take `guard` along, but a lock's guard stays in the thread that locked. Unlock it first, and lock again in there.",
      "5:1",
    ),
  ],
  [
    "a guard cannot be a thread's result",
    `const shared = new Mutex(0);
spawn(() => shared.lock()).join();`,
    ends(
      "misuse",
      "`result` is a lock's guard; a guard stays in the thread that locked. Unlock it, and send the value.",
      "3:13",
    ),
  ],
];

it.each(ROWS)("%s", (_title, program, expected) => checkRow(program, expected));
