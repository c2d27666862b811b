import { Worker } from "node:worker_threads";
import { RemoteMate, type Crew, type Mate, type Port } from "#explorer";
import type { EngineAssets } from "#machine";

/** How long the searching thread works before it looks for messages, milliseconds. */
const SLICE_MS = 5;

/**
 * Threads that help the command line's own. They are started when a search proves long, and do not keep the process
 * alive unless something waits for them.
 */
export class ThreadCrew implements Crew {
  readonly #assets: EngineAssets;
  readonly #size: number;
  #mates: readonly RemoteMate[] | undefined;
  #restAt = 0;

  /** `size` counts the threads besides the calling one. */
  constructor(assets: EngineAssets, size: number) {
    this.#assets = assets;
    this.#size = size;
  }

  idle(): readonly Mate[] {
    this.#mates ??= Array.from({ length: this.#size }, () => startMate(this.#assets));
    return this.#mates.filter((mate) => mate.isIdle);
  }

  rest(): Promise<void> | undefined {
    if (this.#mates === undefined || performance.now() < this.#restAt) return undefined;
    return new Promise((resolve) =>
      setImmediate(() => {
        this.#restAt = performance.now() + SLICE_MS;
        resolve();
      }),
    );
  }
}

function startMate(assets: EngineAssets): RemoteMate {
  const worker = new Worker(new URL("./mate-thread.ts", import.meta.url), { workerData: assets });
  worker.unref();
  const mate = new RemoteMate(portOf(worker));
  worker.on("error", () => mate.lose());
  worker.on("exit", () => mate.lose());
  return mate;
}

/** The line to a thread. While a part of the thread is waited for, it keeps the process alive. */
function portOf(worker: Worker): Port {
  return {
    post(message) {
      const { type } = message as { readonly type: string };
      if (type === "run") worker.ref();
      if (type === "cancel") worker.unref();
      worker.postMessage(message);
    },
    listen(hear) {
      worker.on("message", (message: { readonly type: string }) => {
        if (message.type === "done" || message.type === "failed") worker.unref();
        hear(message);
      });
      worker.unref();
    },
  };
}
