import { CALLS } from "#abi";
import type { Caller } from "../caller.ts";
import { contentAt, contentsAfterCrash, crashPoints } from "../disk/crash.ts";
import type { DiskSettings } from "../disk/settings.ts";
import type { Handler, Handlers } from "../handler.ts";
import type { Kernel } from "../kernel.ts";

/** What a check asks of the disk or does to it: outside of the program's world, so it takes no time and is no choice. */
function outside(act: (kernel: Kernel, caller: Caller) => void): Handler {
  return { visible: false, pure: true, perform: act };
}

function textOf(caller: Caller): string {
  return String(caller.payload).slice(1);
}

/** Payloads `j…` are JSON that the guest's module writes and reads (src/guest/check/disk.ts). */
export const diskWorldCalls: Handlers = {
  [CALLS.diskConfigure]: outside((kernel, caller) => {
    const { path, settings } = JSON.parse(textOf(caller)) as {
      path: string | null;
      settings: Partial<DiskSettings>;
    };
    kernel.disk.configure(settings, path);
    caller.complete(0);
  }),

  [CALLS.diskPut]: outside((kernel, caller) => {
    const [path, bytes] = JSON.parse(textOf(caller)) as [path: string, bytes: string | null];
    kernel.disk.put(path, bytes, kernel.nowNs);
    caller.complete(0);
  }),

  [CALLS.diskContent]: outside((kernel, caller) => {
    const content = contentAt(kernel.disk, textOf(caller), caller.b);
    caller.complete(content === null ? "z" : `b${content}`);
  }),

  [CALLS.diskAfterCrash]: outside((kernel, caller) =>
    caller.complete(`j${JSON.stringify(contentsAfterCrash(kernel.disk, textOf(caller), caller.b))}`),
  ),

  [CALLS.diskCrashPoints]: outside((kernel, caller) =>
    caller.complete(`j${JSON.stringify(crashPoints(kernel.disk, textOf(caller)))}`),
  ),

  [CALLS.diskEvents]: outside((kernel, caller) => {
    const path = textOf(caller);
    const events = kernel.disk.events.filter((one) => one.path === path).map(({ event }) => event);
    caller.complete(`j${JSON.stringify(events)}`);
  }),
};
