import type { Handlers } from "../handler.ts";
import { channelCalls } from "./channels.ts";
import { lockCalls } from "./locks.ts";
import { memoryCalls } from "./memory.ts";
import { reportCalls } from "./reports.ts";
import { threadCalls } from "./threads.ts";

/** What every kernel call means, by number. */
export const HANDLERS: Handlers = {
  ...threadCalls,
  ...channelCalls,
  ...lockCalls,
  ...memoryCalls,
  ...reportCalls,
};
