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
