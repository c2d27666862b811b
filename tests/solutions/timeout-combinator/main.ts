import { type Async, type Future, type Result, selectBiased } from "rt";
import { sleep } from "rt/time";

/** No poll in sight: two branches, the future first, and the loser is dropped. */
export function* timeout<T>(ms: number, future: Future<T>): Async<Result<T, "elapsed">> {
  const won = yield* selectBiased({ value: future, timer: sleep(ms) });
  return won.branch === "value" ? { ok: true, value: won.value } : { ok: false, error: "elapsed" };
}
