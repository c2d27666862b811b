import { it } from "vitest";
import { checkSync } from "./rt-sync-table.ts";
import { prints, type Row } from "./table.ts";

const ONESHOT: readonly Row[] = [
  [
    "a oneshot gives its value to whoever awaits the receiver",
    `const [tx, rx] = oneshot<string>();
function* answer(): Async<void> { yield* nap(5); console.log(show(tx.send("hi"))); }
task(answer()); console.log(show(yield* rx));`,
    prints("ok undefined", "ok hi"),
  ],
  [
    "a value that was sent is received after its sender has gone",
    `const [tx, rx] = oneshot<number>(); tx.send(1); yield* nap(1); console.log(show(yield* rx));`,
    prints("ok 1"),
  ],
  [
    "a sender that is dropped unused disconnects the receiver, also with its task",
    `const [tx, rx] = oneshot<number>(); tx.drop(); console.log(show(yield* rx));
const [tx2, rx2] = oneshot<number>(); function* keep(own: OneshotSender<number>): Async<void> { yield* nap(3); }
task(keep(tx2)); console.log(show(yield* rx2));`,
    prints("error disconnected", "error disconnected"),
  ],
  [
    "sending to a receiver that has gone is disconnected",
    `const [tx, rx] = oneshot<number>(); console.log(tx.isClosed()); rx.drop(); console.log(tx.isClosed(), show(tx.send(1)));`,
    prints("false", "true error disconnected"),
  ],
  [
    "closed() is ready when the receiver goes",
    `const t = Instant.now(); const [tx, rx] = oneshot<number>();
function* leave(own: OneshotReceiver<number>): Async<void> { yield* nap(7); own.drop(); }
task(leave(rx)); yield* tx.closed(); console.log(t.elapsed(), tx.isClosed());`,
    prints("7 true"),
  ],
  [
    "tryRecv: nothing yet, the value, the end",
    `const [tx, rx] = oneshot<number>(); console.log(show(rx.tryRecv())); tx.send(3); console.log(show(rx.tryRecv()), show(rx.tryRecv()));`,
    prints("error empty", "ok 3 error disconnected"),
  ],
  [
    "a receiver that loses a select is dropped; recv() leaves it alone",
    `const [tx, rx] = oneshot<number>(); yield* select({ rx: rx.recv(), late: nap(1) }); console.log(tx.isClosed());
yield* select({ rx, late: nap(1) }); console.log(tx.isClosed());`,
    prints("false", "true"),
  ],
  [
    "a receiver can be spawned as a task of its own",
    `const [tx, rx] = oneshot<number>(); const waiting = task(rx); tx.send(8); const r = yield* waiting; console.log(r.ok && show(r.value));`,
    prints("ok 8"),
  ],
  [
    "a oneshot carries the answer to a request, from another thread",
    `export function main() {
  const [requests, inbox] = queue<{ n: number; reply: OneshotSender<number> }>(4);
  const server = spawn(() => blockOn((function* (): Async<void> { for (;;) { const r = yield* inbox.recv(); if (!r.ok) return; yield* nap(2); r.value.reply.send(r.value.n * 2); } })()));
  blockOn((function* (): Async<void> { const ask = function* (n: number): Async<number> { const [reply, answer] = oneshot<number>(); yield* requests.send({ n, reply }); const r = yield* answer; return r.ok ? r.value : -1; };
    console.log(yield* join(ask(1), ask(2), ask(3))); requests.drop(); })());
  server.join();
}`,
    prints("[2, 4, 6]"),
  ],
];

const BROADCAST: readonly Row[] = [
  [
    "every receiver gets every value in order, and the end",
    `const [tx, a] = broadcast<number>(8); const b = tx.subscribe(); console.log(show(tx.send(1)), show(tx.send(2))); tx.drop();
for (const rx of [a, b]) console.log(show(yield* rx.recv()), show(yield* rx.recv()), show(yield* rx.recv()));`,
    prints("ok 2 ok 2", "ok 1 ok 2 error disconnected", "ok 1 ok 2 error disconnected"),
  ],
  [
    "a late subscriber sees later values only, so does a receiver that is made from another",
    `const [tx, a] = broadcast<number>(8); tx.send(1); const b = tx.subscribe(), c = a.resubscribe(); tx.send(2); console.log(show(a.tryRecv()), show(b.tryRecv()), show(c.tryRecv()));`,
    prints("ok 1 ok 2 ok 2"),
  ],
  [
    "a receiver that falls more than the capacity behind misses the oldest and is told how many, once",
    `const [tx, rx] = broadcast<number>(2); for (let i = 1; i <= 5; i++) tx.send(i);
const r = yield* rx.recv(); console.log(!r.ok && r.error); console.log(show(yield* rx.recv()), show(yield* rx.recv()), show(rx.tryRecv()));`,
    prints("{ lagged: 3 }", "ok 4 ok 5 error empty"),
  ],
  [
    "exactly the capacity behind is not too far",
    `const [tx, rx] = broadcast<number>(3); for (let i = 1; i <= 3; i++) tx.send(i); console.log(show(yield* rx.recv()));`,
    prints("ok 1"),
  ],
  [
    "nobody there: the value is refused and gone",
    `const [tx, rx] = broadcast<number>(2); rx.drop(); console.log(show(tx.send(1)), tx.receiverCount()); const late = tx.subscribe(); console.log(tx.receiverCount(), show(late.tryRecv()));`,
    prints("error disconnected 0", "1 error empty"),
  ],
  [
    "receivers go with the task that owns them",
    `const [tx, rx] = broadcast<number>(2); function* listen(own: BroadcastReceiver<number>): Async<void> { console.log(show(yield* own.recv())); }
const t = task(listen(rx)); console.log(tx.receiverCount()); yield* nap(1); tx.send(4); yield* t; console.log(tx.receiverCount());`,
    prints("1", "ok 4", "0"),
  ],
  [
    "the end comes when the last of several senders goes",
    `const [tx, rx] = broadcast<number>(2); const second = tx.clone(); tx.drop(); console.log(show(rx.tryRecv())); second.drop(); console.log(show(rx.tryRecv()));`,
    prints("error empty", "error disconnected"),
  ],
  [
    "receivers in other threads are woken by each value",
    `export function main() { const [tx, rx] = broadcast<number>(4);
  const threads = [1, 2].map((n) => { const own = tx.subscribe(); return spawn(() => blockOn((function* (): Async<number> { let sum = 0; for (;;) { const r = yield* own.recv(); if (!r.ok) return sum * n; sum += r.value; } })())); });
  rx.drop(); for (const n of [1, 2, 3]) { sleep(1); tx.send(n); } tx.drop(); console.log(threads.map((t) => t.join())); }`,
    prints("[6, 12]"),
  ],
];

const WATCH: readonly Row[] = [
  [
    "the value at the start is no change; a later one is, until it was seen",
    `const [tx, rx] = watch(1); console.log(show(rx.hasChanged())); tx.send(2); console.log(show(rx.hasChanged()), rx.borrow(), show(rx.hasChanged())); console.log(rx.borrowAndUpdate(), show(rx.hasChanged()));`,
    prints("ok false", "ok true 2 ok true", "2 ok false"),
  ],
  [
    "several changes between two looks are one, the latest",
    `const [tx, rx] = watch("a"); tx.send("b"); tx.send("c"); console.log(show(yield* rx.changed()), rx.borrow(), show(rx.hasChanged()));`,
    prints("ok undefined c ok false"),
  ],
  [
    "changed() waits for the next change",
    `const t = Instant.now(); const [tx, rx] = watch(0); function* later(): Async<void> { yield* nap(4); tx.send(9); }
task(later()); yield* rx.changed(); console.log(t.elapsed(), rx.borrow());`,
    prints("4 9"),
  ],
  [
    "the last value is seen before the end",
    `const [tx, rx] = watch(0); tx.send(1); tx.drop(); console.log(show(rx.hasChanged()), show(yield* rx.changed()), rx.borrow(), show(yield* rx.changed()));`,
    prints("error disconnected ok undefined 1 error disconnected"),
  ],
  [
    "send is refused where no receiver is left and leaves the value; sendModify is not",
    `const [tx, rx] = watch(1); rx.drop(); console.log(show(tx.send(2)), tx.borrow()); tx.sendModify((n) => n + 10); console.log(tx.borrow());`,
    prints("error disconnected 1", "11"),
  ],
  [
    "sendModify changes in place or by what it returns, and is a change",
    `const [tx, rx] = watch({ n: 1, tags: ["a"] }); tx.sendModify((v) => { v.n++; v.tags.push("b"); }); console.log(show(rx.hasChanged()), rx.borrowAndUpdate()); tx.sendModify(() => ({ n: 0, tags: [] })); console.log(rx.borrow());`,
    prints('ok true { n: 2, tags: ["a", "b"] }', "{ n: 0, tags: [] }"),
  ],
  [
    "a panic inside sendModify leaves the value, and nobody is woken",
    `const [tx, rx] = watch({ n: 1 }); try { tx.sendModify((v) => { v.n = 5; throw new Error("no"); }); } catch (e) { console.log((e as Error).message); } console.log(rx.borrow(), show(rx.hasChanged())); tx.send({ n: 2 }); console.log(rx.borrow());`,
    prints("no", "{ n: 1 } ok false", "{ n: 2 }"),
  ],
  [
    "a copy that is borrowed is the borrower's own",
    `const [tx, rx] = watch({ n: 1 }); const mine = rx.borrow(); mine.n = 5; console.log(mine.n, rx.borrow().n, tx.borrow().n);`,
    prints("5 1 1"),
  ],
  [
    "a subscriber has seen the value as it is, a clone what its receiver has",
    `const [tx, rx] = watch(1); tx.send(2); console.log(show(tx.subscribe().hasChanged()), show(rx.clone().hasChanged())); yield* rx.changed(); console.log(show(rx.clone().hasChanged()));`,
    prints("ok false ok true", "ok false"),
  ],
  [
    "waitFor looks at the value as it is first, then at each change",
    `const t = Instant.now(); const [tx, rx] = watch(5); console.log(show(yield* rx.waitFor((n) => n === 5)));
function* count(): Async<void> { for (let i = 0; i < 4; i++) { yield* nap(2); tx.sendModify((n) => n + 1); } }
task(count()); console.log(show(yield* rx.waitFor((n) => n >= 7)), t.elapsed(), show(rx.hasChanged()));`,
    prints("ok 5", "ok 7 4 ok false"),
  ],
  [
    "waitFor ends where every sender has gone and the last value does not do",
    `const [tx, rx] = watch(0); const waiting = rx.waitFor((n) => n > 1); tx.send(1); tx.drop(); console.log(show(yield* waiting), rx.borrow());`,
    prints("error disconnected 1"),
  ],
  [
    "several receivers in threads and tasks see the latest value",
    `export function main() { const [tx, rx] = watch(0); const follow = function* (own: WatchReceiver<number>): Async<number> { const r = yield* own.waitFor((n) => n === 3); return r.ok ? r.value : -1; };
  const threads = [rx.clone(), rx.clone()].map((own) => spawn(() => blockOn(follow(own))));
  const other = tx.clone(); const writer = spawn(() => { for (let i = 0; i < 2; i++) { sleep(1); other.sendModify((n) => n + 1); } }); tx.sendModify((n) => n + 1);
  console.log(threads.map((t) => t.join())); writer.join(); }`,
    prints("[3, 3]"),
  ],
  [
    "another thread that writes meanwhile waits until sendModify is over",
    `export function main() { const [tx, rx] = watch(1); const other = tx.clone();
  const t = spawn(() => other.sendModify((n) => { sleep(10); return n * 2; })); sleep(5); tx.sendModify((n) => n + 1); console.log(Instant.now().elapsed() === 0, rx.borrow()); t.join(); }`,
    prints("true 3"),
  ],
];

it.each([...ONESHOT, ...BROADCAST, ...WATCH])("%s", (_title, program, expected) =>
  checkSync(program, expected),
);

it("capacities that make no sense are refused with what was given", async () => {
  await checkSync(
    `for (const n of [0, 1.5, -1, "2" as never]) try { broadcast(n); } catch (e) { console.log((e as Error).message); }`,
    prints(
      "broadcast(capacity) needs a whole number from 1, got 0",
      "broadcast(capacity) needs a whole number from 1, got 1.5",
      "broadcast(capacity) needs a whole number from 1, got -1",
      'broadcast(capacity) needs a whole number from 1, got "2"',
    ),
  );
});
