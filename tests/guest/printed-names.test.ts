import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { printed } from "../engine.ts";
import { ioProgram } from "./rt-io-table.ts";

const { exports: library } = JSON.parse(readFileSync(".generated/library.json", "utf8")) as {
  exports: Record<string, readonly string[]>;
};
const modules = Object.keys(library).filter((specifier) => specifier !== "check");

/** How to get one of each, and what it is printed as. */
const HANDLES: readonly (readonly [made: string, shown: string])[] = [
  ["std.channel()", "[[Sender], [Receiver]]"],
  ["std.syncChannel(1)", "[[SyncSender], [Receiver]]"],
  ["[new std.Mutex(0), new std.Mutex(0).lock()]", "[[Mutex], [MutexGuard]]"],
  [
    "[new std.RwLock(0), new std.RwLock(0).read(), new std.RwLock(0).write()]",
    "[[RwLock], [RwLockReadGuard], [RwLockWriteGuard]]",
  ],
  [
    "[new std.Condvar(), new std.Barrier(1), new std.OnceLock(), new std.SharedCell(0)]",
    "[[Condvar], [Barrier], [OnceLock], [SharedCell]]",
  ],
  ["[new std.AtomicBool(false), new std.AtomicI32(0)]", "[[AtomicBool], [AtomicI32]]"],
  ["[spawn(() => 0), current()]", "[[JoinHandle], [Thread]]"],
  ["[must(TcpListener.bind(81)), must(TcpStream.connect(81))]", "[[TcpListener], [TcpStream]]"],
  ['[must(File.append("t")), must(yield* AsyncFile.open("t"))]', "[[File], [AsyncFile]]"],
  [
    "[must(AsyncTcpListener.bind(82)), must(yield* AsyncTcpStream.connect(82))]",
    "[[AsyncTcpListener], [AsyncTcpStream]]",
  ],
  ["[task(nap(0)), Waker.from(current())]", "[[JoinHandle], [Waker]]"],
  ["rt.channel(1)", "[[Sender], [Receiver]]"],
  ["rt.unboundedChannel()", "[[UnboundedSender], [Receiver]]"],
  ["rt.oneshot()", "[[OneshotSender], [OneshotReceiver]]"],
  ["rt.broadcast(1)", "[[BroadcastSender], [BroadcastReceiver]]"],
  ["rt.watch(0)", "[[WatchSender], [WatchReceiver]]"],
  ["[new rt.Mutex(0), yield* new rt.Mutex(0).lock()]", "[[Mutex], [MutexGuard]]"],
  [
    "[new rt.RwLock(0), yield* new rt.RwLock(0).read(), yield* new rt.RwLock(0).write()]",
    "[[RwLock], [RwLockReadGuard], [RwLockWriteGuard]]",
  ],
  [
    "[new rt.Notify(), new rt.Semaphore(1), must(new rt.Semaphore(1).tryAcquire()), new rt.CancellationToken()]",
    "[[Notify], [Semaphore], [Permit], [CancellationToken]]",
  ],
];

it("each handle is printed as what a program calls its class", async () => {
  const program = ioProgram(
    `${HANDLES.map(([made]) => `console.log(${made});`).join("\n")} } import * as std from "std/sync"; import * as rt from "rt/sync"; {`,
  );
  expect(await printed(program)).toEqual(HANDLES.map(([, shown]) => shown));
});

it("every class and function of the library has the name it is imported by", async () => {
  const imports = modules.map((specifier, i) => `import * as m${i} from "${specifier}";`);
  const all = modules.map((specifier, i) => `["${specifier}", m${i}]`);
  const program = `${imports.join(" ")}
export function main() {
  let count = 0;
  for (const [module, exports] of [${all.join(", ")}] as const)
    for (const [name, value] of Object.entries(exports)) {
      if (typeof value !== "function") continue;
      count++;
      if (value.name !== name) console.log(module, name, "is called", value.name);
    }
  console.log(count > 100);
}`;
  expect(await printed(program)).toEqual(["true"]);
});
