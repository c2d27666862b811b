import { type Async, type Future, type Result, selectBiased } from "rt";
import { sleep } from "rt/time";
import { Instant } from "std/time";

/** Looks once a millisecond whether the time is up. */
export function* timeout<T>(ms: number, future: Future<T>): Async<Result<T, "elapsed">> {
  const began = Instant.now();
  const ticking = (function* (): Async<void> {
    while (began.elapsed() < ms) yield* sleep(Math.min(1, ms - began.elapsed()));
  })();
  const won = yield* selectBiased({ value: future, up: ticking });
  return won.branch === "value" ? { ok: true, value: won.value } : { ok: false, error: "elapsed" };
}
