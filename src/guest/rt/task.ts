export { spawn, JoinHandle, type TaskOptions } from "./executor.ts";
export { spawnBlocking } from "./spawn-blocking.ts";
export { JoinSet, type AbortHandle } from "./join-set.ts";
export { scope, type Scope } from "./task-scope.ts";
export { yieldNow } from "./yield-now.ts";
