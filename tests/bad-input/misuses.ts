import { inside, type Case } from "./case.ts";

/** Values and handles used in a way that Rust would refuse. */
export const VALUES: readonly Case[] = [
  [
    "sends a function",
    inside("const [tx, rx] = channel<any>(); tx.send({ jobs: [() => 1] }); rx.recv();"),
    1,
    [
      "Misuse: `value.jobs[0]` is a function; functions cannot go to another thread. Send data, and let the other side hold the code. (main.ts:5:36)",
    ],
  ],
  [
    "sends a symbol",
    inside("const [tx, rx] = channel<any>(); tx.send(Symbol()); rx.recv();"),
    1,
    [
      "Misuse: `value` is a symbol; symbols cannot go to another thread. Send data, and let the other side hold the code. (main.ts:5:36)",
    ],
  ],
  [
    "returns a function from a thread",
    inside("spawn(() => () => 1).join();"),
    1,
    [
      "Misuse: `result` is a function; functions cannot go to another thread. Send data, and let the other side hold the code. (main.ts:5:3)",
    ],
  ],
  [
    "locks up a function",
    inside("new Mutex(() => 1);"),
    1,
    [
      "Misuse: `value` is a function; functions cannot go to another thread. Send data, and let the other side hold the code. (main.ts:5:3)",
    ],
  ],
  [
    "locks up a guard",
    inside("new Mutex(new Mutex(1).lock());"),
    1,
    [
      "Misuse: `value` is a lock's guard; a guard stays in the thread that locked. Unlock it, and send the value. (main.ts:5:3)",
    ],
  ],
  [
    "uses what has moved",
    inside(
      "const [tx, rx] = channel<number>(); const t = spawn(() => tx.send(1)); tx.send(2); t.join(); rx.recv();",
    ),
    1,
    [
      "Misuse: main uses `tx` after it moved into worker-1 (main.ts:5:49). Clone it first and move the clone: `tx.clone()`.",
    ],
  ],
  [
    "unlocks twice",
    inside("const guard = new Mutex(0).lock(); guard.unlock(); guard.unlock();"),
    1,
    [
      "Misuse: A guard is unlocked after it was unlocked. Unlock it once, or leave that to `using`. (main.ts:5:54)",
    ],
  ],
  [
    "reads a guard after unlocking",
    inside("const guard = new Mutex(0).lock(); guard.unlock(); guard.value;"),
    1,
    ["Misuse: A guard is read after it was unlocked. Lock again to see the value. (main.ts:5:38)"],
  ],
  [
    "joins itself",
    inside(
      "const me = new Mutex<any>(null); const t = spawn(() => { sleep(1); using g = me.lock(); g.value.join(); }); { using g = me.lock(); g.value = t; } sleep(9);",
    ),
    1,
    ["Misuse: worker-1 joins itself; that wait could never end. (main.ts:5:91)"],
  ],
  [
    "joins twice",
    inside("const t = spawn(() => 1); t.join(); t.join();"),
    1,
    [
      "Misuse: worker-1 is joined a second time. A thread can be joined once: keep what join() returned. (main.ts:5:39)",
    ],
  ],
  [
    "spawns a number",
    inside("spawn(3 as any);"),
    1,
    ["Panic: TypeError: spawn needs a function: spawn(() => { … }) (main.ts:5:3)"],
  ],
  [
    "spawns nothing",
    inside("(spawn as any)();"),
    1,
    ["Panic: TypeError: spawn needs a function: spawn(() => { … }) (main.ts:5:4)"],
  ],
  [
    "spawns what a function returned",
    inside("const f = () => 1; spawn(f() as any);"),
    1,
    ["Panic: TypeError: spawn needs a function: spawn(() => { … }) (main.ts:5:22)"],
  ],
  [
    "syncChannel(-1)",
    inside("syncChannel(-1 as any);"),
    1,
    ["Panic: RangeError: syncChannel(capacity) needs a whole number from 0, got -1 (main.ts:5:3)"],
  ],
  [
    "syncChannel(1.5)",
    inside("syncChannel(1.5 as any);"),
    1,
    ["Panic: RangeError: syncChannel(capacity) needs a whole number from 0, got 1.5 (main.ts:5:3)"],
  ],
  [
    "syncChannel(NaN)",
    inside("syncChannel(NaN as any);"),
    1,
    ["Panic: RangeError: syncChannel(capacity) needs a whole number from 0, got NaN (main.ts:5:3)"],
  ],
  [
    "syncChannel(Infinity)",
    inside("syncChannel(Infinity as any);"),
    1,
    ["Panic: RangeError: syncChannel(capacity) needs a whole number from 0, got Infinity (main.ts:5:3)"],
  ],
  [
    "syncChannel(1e300)",
    inside("syncChannel(1e300 as any);"),
    1,
    ["Panic: RangeError: syncChannel(capacity) needs a whole number from 0, got 1e+300 (main.ts:5:3)"],
  ],
  [
    "syncChannel('3')",
    inside("syncChannel('3' as any);"),
    1,
    ['Panic: RangeError: syncChannel(capacity) needs a whole number from 0, got "3" (main.ts:5:3)'],
  ],
  [
    "syncChannel(3n)",
    inside("syncChannel(3n as any);"),
    1,
    ["Panic: RangeError: syncChannel(capacity) needs a whole number from 0, got 3n (main.ts:5:3)"],
  ],
  [
    "syncChannel(undefined)",
    inside("syncChannel(undefined as any);"),
    1,
    ["Panic: RangeError: syncChannel(capacity) needs a whole number from 0, got undefined (main.ts:5:3)"],
  ],
];
