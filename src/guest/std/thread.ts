export { spawn, JoinHandle, type SpawnOptions } from "./spawn.ts";
export { scope, Scope } from "./scope.ts";
export { sleep, yieldNow, availableParallelism } from "./pausing.ts";
export { current, park, parkTimeout, Thread } from "./parking.ts";
