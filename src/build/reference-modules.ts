import type { ReferenceGroup } from "./reference-model.ts";

/** What the reference says of each module, in the order of its pages. */
export const REFERENCE_MODULES: Readonly<
  Record<string, { readonly group: ReferenceGroup; readonly about: string }>
> = {
  "std/thread": { group: "std", about: "Starting threads, waiting for them, pausing." },
  "std/sync": { group: "std", about: "Channels, locks, conditions, barriers, atomics." },
  "std/time": { group: "std", about: "Measuring virtual time." },
  "std/cpu": { group: "std", about: "Keeping a core of the simulated computer busy." },
  "std/net": { group: "std", about: "TCP connections whose calls block, and readiness." },
  "std/fs": { group: "std", about: "Files, and what is left of them after a crash." },
  "std/assert": { group: "std", about: "Panicking, with or without a condition." },
  rt: { group: "rt", about: "Futures, the executor that polls them, and waiting for several at once." },
  "rt/task": { group: "rt", about: "Tasks: spawning, sets and scopes of them, blocking work." },
  "rt/time": { group: "rt", about: "Sleeping, time limits and ticks." },
  "rt/sync": { group: "rt", about: "Channels, locks and signals that are awaited." },
  "rt/stream": { group: "rt", about: "Items that come one after the other." },
  "rt/net": { group: "rt", about: "TCP connections that are awaited." },
  "rt/fs": { group: "rt", about: "Files that are awaited." },
  world: { group: "authors", about: "Plays the other side of a network, and fills a disk." },
  check: { group: "authors", about: "What the hidden tests of an exercise are written with." },
};
