import type { Pieces } from "../core/bytes.ts";
import { ok, type Result } from "../core/result.ts";
import type { Async, Future } from "./future.ts";

/** Writes all of `pieces` in as many writes as it takes: `write` makes the one that begins at a byte. */
export function* writeAllBy<E>(
  pieces: Pieces,
  write: (at: number) => Future<Result<number, E>>,
): Async<Result<void, E>> {
  for (let at = 0; at < pieces.length;) {
    const written = yield* write(at);
    if (!written.ok) return written;
    at += written.value;
  }
  return ok(undefined);
}
