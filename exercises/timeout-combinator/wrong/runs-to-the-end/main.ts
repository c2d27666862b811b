import type { Async, Future, Result } from "rt";
import { Instant } from "std/time";

/** Waits until the future is ready, however long that takes, and then asks whether it was in time. */
export function* timeout<T>(ms: number, future: Future<T>): Async<Result<T, "elapsed">> {
  const began = Instant.now();
  const value = yield* future;
  return began.elapsed() <= ms ? { ok: true, value } : { ok: false, error: "elapsed" };
}
