import { type Expected, checkRow } from "./table.ts";

export const RT_IMPORTS =
  'import { type Async, blockOn, Context, Future, join, joinAll, type JoinHandle as TaskHandle, Poll, select, selectBiased, spawn as task, tryJoin, Waker, yieldNow as pause } from "rt"; ' +
  'import { sleep as nap, sleepUntil, timeout, timeoutAt, interval, intervalAt, type MissedTicks } from "rt/time"; import { spawnBlocking, JoinSet, scope } from "rt/task"; import { fromIterable, fromReceiver, Stream } from "rt/stream"; import { channel as queue, unboundedChannel, type Receiver as Rx, type Sender as Tx } from "rt/sync"; import { current, park } from "std/thread"; ';

/**
 * Runs a program of futures. A program without `main` is the body of an async function that `blockOn` drives.
 * Line 3 is its first. Beside the names of {@link RT_IMPORTS} there are those of tables without futures.
 */
export async function checkFutures(program: string, expected: Expected): Promise<void> {
  const whole = program.includes("export function main")
    ? `\n${program}\n${RT_IMPORTS}`
    : `export function main() { blockOn(body()); } function* body(): Async<void> {\n${program}\n}\n${RT_IMPORTS}`;
  await checkRow(whole, expected);
}
