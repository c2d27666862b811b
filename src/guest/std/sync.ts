export { channel, syncChannel, Sender, SyncSender, Receiver } from "./channel.ts";
export { Mutex, MutexGuard } from "./mutex.ts";
export { Condvar } from "./condvar.ts";
export { AtomicBool } from "./atomic-bool.ts";
export { SharedCell } from "./shared-cell.ts";
export type { Result } from "../core/result.ts";
