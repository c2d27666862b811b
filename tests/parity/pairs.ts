/**
 * The pairs: folders of `tests/parity/pairs`, each with a program in TypeScript and the same in Rust. A pair prints
 * what only its subject decides; where Rust leaves something open it is written so that each way is likely to be seen.
 */

export const PAIRS_FOLDER = "tests/parity/pairs";

export interface Pair {
  readonly name: string;
  /** What both programs show. */
  readonly title: string;
  /** How many different outputs the explorer finds; with 1 Rust prints that one, else some of them. */
  readonly outputs: number;
  /** What each prints where they are not the same: the docstring of the subject says why (`@differs`). */
  readonly differs?: { readonly typescript: string; readonly rust: string };
}

function same(name: string, title: string): Pair {
  return { name, title, outputs: 1 };
}

function open(name: string, outputs: number, title: string): Pair {
  return { name, title, outputs };
}

function other(name: string, title: string, differs: NonNullable<Pair["differs"]>): Pair {
  return { name, title, outputs: 1, differs };
}

const STD_CHANNELS: readonly Pair[] = [
  same("channel-ends", "the end of a channel comes after its last value"),
  same("values-in-flight", "values that nobody will receive are dropped with the receiver"),
  same("sender-waits-receiver-goes", "a sender that waits for room learns that the receiver has gone"),
  same("bounded-channel", "a full channel refuses trySend and lets send wait"),
  same("rendezvous", "whoever does not wait meets a sender or receiver that waits"),
  same("rendezvous-returns-late", "a send without capacity returns once its value was taken"),
  open("rendezvous-sender-tries", 4, "trySend meets a receiver that waits already, not one that is about to"),
  open("rendezvous-receiver-tries", 4, "tryRecv meets a sender that waits already, not one that is about to"),
  same("recv-timeout", "what is there comes before the end, and the end before a timeout"),
  same("receiver-left-in-the-middle", "a loop that is left leaves the rest in the channel"),
  open("messages-of-two", 6, "messages of two threads mix in any way that keeps each in order"),
  open("try-recv-race", 4, "tryRecv sees nothing, the value, or the end"),
  other("result-nobody-joins", "an end of a channel in a result that nobody joins", {
    typescript: "timeout",
    rust: "disconnected",
  }),
];

const STD_THREADS: readonly Pair[] = [
  same("threads-end", "names, results, panics, and what goes with a thread that ends"),
  same("park-token", "there is at most one token, and parkTimeout takes it, too"),
  same("scope-panics", "a scope waits for all and passes the panic on that nobody saw"),
  same("scopes-nest", "threads of a scope start threads of it, or scopes of their own"),
  same("barrier-leader", "one of those who meet at a barrier leads, every round"),
  open("barrier-orders", 4, "nobody passes a barrier before all have come"),
];

const STD_LOCKS: readonly Pair[] = [
  same("mutex-poison", "a panic under a lock poisons it and leaves what was changed"),
  same("what-poisons", "only a panic of whoever can change the value poisons"),
  same("poison-reaches-waiter", "poison reaches a thread that waits on a condition"),
  other("using-does-not-poison", "a guard that an error's way out has released", {
    typescript: "the thread panicked\npoisoned: false",
    rust: "the thread panicked\npoisoned: true",
  }),
  same("try-lock", "try… says that it would have to wait"),
  open("try-lock-race", 6, "tryLock sees the lock free, held, or given back"),
  same("readers-together", "readers read together, and a writer waits for them"),
  same("writer-goes-first", "a writer that waits goes before readers that come later"),
  same("condvar-handoff", "threads take turns with waitWhile and notifyAll"),
  same("condvar-timeouts", "a wait tells whether its time ran out"),
  open("condvar-who-wakes", 2, "notifyOne wakes either of two"),
  open("notify-all-orders", 2, "those whom notifyAll wakes take the lock in any order"),
];

const STD_ATOMICS: readonly Pair[] = [
  same("atomics", "every operation returns what was there before, and sums wrap around"),
  open("lost-update", 3, "a load and a store of two threads lose updates"),
  open("store-buffering", 3, "of two threads that store and then load one sees the other's store"),
];

const RT_CHANNELS: readonly Pair[] = [
  same("oneshot-ends", "a oneshot gives its value once, or says that its other end has gone"),
  open("oneshot-gives-up-work", 2, "closed() tells a server that nobody waits, except at the very instant"),
  same("values-dropped-with-channels", "what a channel holds is dropped with its receiver"),
  same("send-waits-in-line", "room belongs to the send that waited for it, not to trySend"),
  same("blocking-send-in-line", "a thread's blockingSend stands in the same line"),
  same("send-given-up", "a send that is dropped leaves its place to the next"),
  same(
    "channel-closes",
    "sends that wait learn that the receiver has gone; the last sender ends the channel",
  ),
  same("recv-loses-select", "a recv that loses a select has taken nothing"),
  same("broadcast-lag", "a slow receiver is told once how much it missed, and goes on with the oldest"),
  same("broadcast-ends", "a broadcast needs a receiver to send to, and ends with its last sender"),
  other("broadcast-capacity", "a capacity that is no power of two", {
    typescript: "lagged 2",
    rust: "lagged 1",
  }),
  same("watch", "receivers see the latest value, several changes are one, and the last is not lost"),
  same("watch-without-receivers", "send refuses where nobody watches, sendModify does not"),
  other("watch-modify-panics", "what a panic in sendModify leaves", {
    typescript: "panicked\nfalse 1",
    rust: "panicked\nfalse 2",
  }),
];

const RT_LOCKS: readonly Pair[] = [
  open("semaphore-line", 2, "a large request at the front keeps what there is, and gets what comes"),
  same("semaphore-given-up", "what was put aside for a request that is dropped goes on to the next"),
  same("semaphore-closes", "closed counts more than a permit that is there"),
  same("notify-one", "one permit is kept, waiters are served in order, and a dropped one passes it on"),
  same("notify-waiters", "notifyWaiters reaches those made before it, and keeps nothing"),
  same("notified-and-dropped", "a notification for all is not passed on, one for one is"),
  same("task-mutex", "tasks get the lock in order, and nobody jumps the line"),
  same("task-rw-lock", "a writer in line holds readers back until it gives up"),
  other("task-locks-keep-no-poison", "what a task changed under a lock before it panicked", {
    typescript: "panicked\nvalue 1",
    rust: "panicked\nvalue 2",
  }),
  same("cancellation-token", "a token cancels its descendants and nobody else"),
  same("run-until-cancelled", "a value at the very instant counts, unless the token was cancelled before"),
];

const RT_TIME: readonly Pair[] = [
  same("timeout-at-the-instant", "a value at the very instant is in time, and what is late is dropped"),
  open("send-and-timeout-at-once", 2, "a value that is sent at the very instant may be in time or not"),
  same("missed-ticks", "burst, delay and skip, with 5 ms of tolerance"),
  same("interval-starts", "first ticks, resets, and ticks that lose a select"),
  same("sleeps-count-from-the-call", "a sleep counts from where it was made"),
  other("sleep-precision", "a sleep that is no whole number of milliseconds", {
    typescript: "250 us",
    rust: "1000 us",
  }),
];

const RT_FUTURES: readonly Pair[] = [
  open("select-fair", 9, "select asks any branch first"),
  same("select-biased", "selectBiased asks the branches in order, and starves the later ones"),
  same("select-drops-losers", "losers are dropped, in order, before the winner's handler"),
  same("join-takes-turns", "join polls another future first each time"),
  same("try-join", "the first error drops the others"),
  same("panics-drop-the-others", "a panic in one future drops those beside it"),
  same("drops-in-order", "the innermost future goes first, then locals, the latest first"),
  same("wakes-and-polls", "several wakes between two polls are one"),
  same("own-block-on", "a waker of one's own, woken by a thread"),
  same("buffered", "at most so many at once, given as they end"),
  same("buffered-and-left", "what is in flight is dropped with its stream"),
];

const RT_TASKS: readonly Pair[] = [
  open("task-orders", 6, "tasks that could go on go on in any order"),
  same("task-results", "a task's value, its panic, and a handle that stops waiting"),
  same("abort", "an abort drops the task at its next turn, unless it has ended"),
  same("abort-before-first-poll", "a task that is aborted before its first poll never runs"),
  same("abort-itself", "a task that aborts itself runs to its next wait"),
  same("join-set", "tasks of a set are given as they end, however they do"),
  same("join-set-ends", "a set at the end of its block aborts what is left"),
  other("join-set-left", "a set that nobody needs any more", {
    typescript: "the task runs on\nend",
    rust: "end",
  }),
  same("spawn-blocking", "a job has a thread, and runs to its end"),
  same("task-of-another-thread", "a task's handle works in another thread"),
  same("tasks-between-block-ons", "tasks stand still between two calls of blockOn"),
  other("tasks-left-behind", "tasks that are left when blockOn is over", {
    typescript: "main is over\nthe task is done",
    rust: "main is over\nthe task is dropped",
  }),
  other("no-budget", "a task that is never made to wait", {
    typescript: "all at once",
    rust: "between, after 128",
  }),
  other("result-nobody-takes", "an end of a channel in a result that nobody takes", {
    typescript: "elapsed",
    rust: "disconnected",
  }),
];

export const PAIRS: readonly Pair[] = [
  ...STD_CHANNELS,
  ...STD_THREADS,
  ...STD_LOCKS,
  ...STD_ATOMICS,
  ...RT_CHANNELS,
  ...RT_LOCKS,
  ...RT_TIME,
  ...RT_FUTURES,
  ...RT_TASKS,
];
