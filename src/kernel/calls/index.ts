import type { Handlers } from "../handler.ts";
import { asyncLockCalls } from "./async-locks.ts";
import { barrierCalls } from "./barriers.ts";
import { broadcastCalls } from "./broadcasts.ts";
import { cancellationCalls } from "./cancellations.ts";
import { channelCalls } from "./channels.ts";
import { diskWorldCalls } from "./disk-world.ts";
import { fileCalls } from "./files.ts";
import { handleCalls } from "./handles.ts";
import { listenerCalls } from "./listeners.ts";
import { lockCalls } from "./locks.ts";
import { memoryCalls } from "./memory.ts";
import { notifyCalls } from "./notifies.ts";
import { onceLockCalls } from "./once-locks.ts";
import { oneshotCalls } from "./oneshots.ts";
import { reportCalls } from "./reports.ts";
import { parkingCalls } from "./parking.ts";
import { rwLockCalls } from "./rw-locks.ts";
import { scopeCalls } from "./scopes.ts";
import { pollCalls } from "./poll.ts";
import { semaphoreCalls } from "./semaphores.ts";
import { socketCalls } from "./sockets.ts";
import { streamCalls } from "./streams.ts";
import { taskSetCalls } from "./task-sets.ts";
import { taskCalls } from "./tasks.ts";
import { threadCalls } from "./threads.ts";
import { watchCalls } from "./watches.ts";
import { worldCalls } from "./world.ts";

/** What every kernel call means, by number. */
export const HANDLERS: Handlers = {
  ...threadCalls,
  ...scopeCalls,
  ...parkingCalls,
  ...taskCalls,
  ...taskSetCalls,
  ...channelCalls,
  ...oneshotCalls,
  ...broadcastCalls,
  ...watchCalls,
  ...notifyCalls,
  ...semaphoreCalls,
  ...asyncLockCalls,
  ...cancellationCalls,
  ...fileCalls,
  ...diskWorldCalls,
  ...lockCalls,
  ...rwLockCalls,
  ...barrierCalls,
  ...memoryCalls,
  ...onceLockCalls,
  ...listenerCalls,
  ...streamCalls,
  ...socketCalls,
  ...pollCalls,
  ...handleCalls,
  ...worldCalls,
  ...reportCalls,
};
