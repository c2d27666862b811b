interface Mistake {
  readonly title: string;
  readonly code: string;
  /** TypeScript's number of the one error, and the line that it is on. */
  readonly error: number;
  readonly line: number;
  /** Part of what it says. */
  readonly says: string;
}

const RT = `import { type Async, blockOn, Context, Future, join, Poll, select, spawn } from "rt"; import { sleep } from "rt/time"; import { channel } from "rt/sync";`;
const STD = `import { spawn } from "std/thread"; import { channel, Mutex, AtomicI32, Condvar } from "std/sync";`;

/** What learners get wrong, and the one thing that the editor says of each. */
export const MISTAKES: readonly Mistake[] = [
  {
    title: "`yield` instead of `yield*`",
    code: `${RT}\nfunction* f(): Async<void> {\n  yield sleep(5);\n}`,
    error: 2741,
    line: 3,
    says: "`yield*` waits for a future, `yield` does not",
  },
  {
    title: "`yield*` of an async function that was not called",
    code: `${RT}\nfunction* g(): Async<number> { return 1; }\nfunction* f(): Async<void> {\n  yield* g;\n}`,
    error: 2488,
    line: 4,
    says: "Type '() => Async<number>' must have",
  },
  {
    title: "`await`",
    code: `${RT}\nexport function f(): void {\n  await sleep(5);\n}`,
    error: 1308,
    line: 3,
    says: "'await' expressions are only allowed",
  },
  {
    title: "a value of a future without waiting for it",
    code: `${RT}\nfunction* g(): Async<number> { return 1; }\nfunction* f(): Async<number> {\n  return g() + 1;\n}`,
    error: 2365,
    line: 4,
    says: "'Async<number>' and 'number'",
  },
  {
    title: "a result used as its value",
    code: `${RT}\nconst [, rx] = channel<number>(1);\nexport function* f(): Async<number> {\n  const got = yield* rx.recv();\n  return got.value;\n}`,
    error: 2339,
    line: 5,
    says: "does not exist on type 'Result<number",
  },
  {
    title: "the value of another branch",
    code: `${RT}\nconst [, rx] = channel<string>(1);\nexport function* f(): Async<string> {\n  const won = yield* select({ tick: sleep(5), event: rx.recv() });\n  return won.value;\n}`,
    error: 2322,
    line: 5,
    says: "Result<string",
  },
  {
    title: "a branch that does not exist",
    code: `${RT}\nexport function* f(): Async<boolean> {\n  const won = yield* select({ tick: sleep(5) });\n  return won.branch === "tock";\n}`,
    error: 2367,
    line: 4,
    says: "'\"tick\"' and '\"tock\"' have no overlap",
  },
  {
    title: "the wrong value sent",
    code: `${RT}\nconst [tx] = channel<number>(1);\nexport function* f(): Async<void> {\n  yield* tx.send("x");\n}`,
    error: 2345,
    line: 4,
    says: "'string' is not assignable to parameter of type 'number'",
  },
  {
    title: "a function where a future is wanted",
    code: `${RT}\nfunction* g(): Async<number> { return 1; }\nexport const value = blockOn(g);`,
    error: 2345,
    line: 3,
    says: "'() => Async<number>' is not assignable to parameter of type 'Future",
  },
  {
    title: "a receiver that is cloned",
    code: `${STD}\nconst [, rx] = channel<number>();\nexport const second = rx.clone();`,
    error: 2339,
    line: 3,
    says: "'clone' does not exist on type 'Receiver<number>'",
  },
  {
    title: "a future by hand without `poll`",
    code: `${RT}\nclass Never extends Future<number> {\n}`,
    error: 2515,
    line: 2,
    says: "does not implement inherited abstract member poll",
  },
  {
    title: "a poll that returns the value itself",
    code: `${RT}\nexport class One extends Future<number> {\n  poll(cx: Context): Poll<number> {\n    return 1;\n  }\n}`,
    error: 2322,
    line: 4,
    says: "'number' is not assignable to type 'Poll<number>'",
  },
  {
    title: "a lock used as its value",
    code: `${STD}\nconst m = new Mutex(0);\nexport const n = m.lock() + 1;`,
    error: 2365,
    line: 3,
    says: "'MutexGuard<number>' and 'number'",
  },
  {
    title: "a lock given to a condition instead of its guard",
    code: `${STD}\nconst m = new Mutex(0);\nnew Condvar().wait(m);`,
    error: 2345,
    line: 3,
    says: "'Mutex<number>' is not assignable to parameter of type 'MutexGuard",
  },
  {
    title: "a future given to a thread",
    code: `${STD}\nimport { sleep } from "rt/time";\nspawn(sleep(5));`,
    error: 2345,
    line: 3,
    says: "'Future<void>' is not assignable to parameter of type '() => unknown'",
  },
  {
    title: "`Iterator`'s helpers on an async function",
    code: `${RT}\nfunction* g(): Async<number> { return 1; }\ng().drop(1);`,
    error: 2554,
    line: 3,
    says: "Expected 0 arguments",
  },
  {
    title: "`setTimeout`",
    code: `setTimeout(() => {}, 5);`,
    error: 2304,
    line: 1,
    says: "Cannot find name 'setTimeout'",
  },
  {
    title: "a library that does not exist",
    code: `import { sleep } from "rt/clock";\nexport const s = sleep;`,
    error: 2307,
    line: 1,
    says: "Cannot find module 'rt/clock'",
  },
  {
    title: "a name that a library does not have",
    code: `import { sleeep } from "rt/time";\nexport const s = sleeep;`,
    error: 2724,
    line: 1,
    says: "Did you mean 'sleep'?",
  },
  {
    title: "the module of hidden checks",
    code: `import { check } from "check";\nexport const c = check;`,
    error: 2307,
    line: 1,
    says: "Cannot find module 'check'",
  },
  {
    title: "a parameter without a type",
    code: `${RT}\nexport function* f(ms): Async<void> {\n  yield* sleep(ms);\n}`,
    error: 7006,
    line: 2,
    says: "Parameter 'ms' implicitly has an 'any' type",
  },
];
