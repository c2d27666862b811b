export { Future, type Async, type Output } from "./future.ts";
export { Poll, type Suspended } from "./polling.ts";
export { Context, Waker } from "./context.ts";
export { blockOn, spawn, JoinHandle, type TaskOptions } from "./executor.ts";
export { yieldNow } from "./yield-now.ts";
export { join, joinAll, tryJoin } from "./join.ts";
export { select, selectBiased, type Branches, type Won } from "./select.ts";
export type { Result } from "../core/result.ts";
