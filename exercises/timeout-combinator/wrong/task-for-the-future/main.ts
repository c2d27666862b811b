import { type Async, type Future, type Result, selectBiased, spawn } from "rt";
import { sleep } from "rt/time";

/** Spawns the future and waits for its task. Aborting a task asks for a drop at its next turn, and spawning needs an executor. */
export function* timeout<T>(ms: number, future: Future<T>): Async<Result<T, "elapsed">> {
  const task = spawn(future);
  const won = yield* selectBiased({ value: task, timer: sleep(ms) });
  if (won.branch === "value" && won.value.ok) return { ok: true, value: won.value.value };
  task.abort();
  return { ok: false, error: "elapsed" };
}
