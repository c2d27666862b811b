import { err, type Result } from "../../core/result.ts";
import type { Context } from "../context.ts";
import { Poll } from "../polling.ts";

/** What a poll of a stream says: an item, that there will be none any more, or not yet. */
export type Item<T> = Result<T, "ended">;

/** What a stream takes its items from. */
export interface Source<T> {
  pollNext(cx: Context): Poll<Item<T>>;
  drop(): void;
  /** What it holds, for a task that takes it along. */
  held(): readonly unknown[];
}

export const ENDED: Poll<Item<never>> = Poll.ready(err("ended"));
