export { channel, unboundedChannel, Sender, UnboundedSender, Receiver } from "./channel.ts";
export { oneshot, OneshotSender, OneshotReceiver } from "./oneshot.ts";
export { broadcast, BroadcastSender, BroadcastReceiver, type Lagged } from "./broadcast.ts";
export { watch, WatchSender, WatchReceiver } from "./watch.ts";
export { Mutex, MutexGuard } from "./mutex.ts";
export { RwLock, RwLockReadGuard, RwLockWriteGuard } from "./rw-lock.ts";
export { Notify } from "./notify.ts";
export { Semaphore, Permit } from "./semaphore.ts";
export { CancellationToken, CancellationDropGuard } from "./cancellation-token.ts";
