import type { MateRequest, Request } from "./protocol.ts";
import type { EngineAssets } from "#machine";

/** Workers of one page, the engine's included: each holds tens of megabytes. */
const WORKERS_MAX = 8;

/** How many workers help the engine's. One core is left to the page. */
function countMates(): number {
  return Math.max(0, Math.min(navigator.hardwareConcurrency - 1, WORKERS_MAX) - 1);
}

/** The page's side of the crew: makes the other workers and lays their lines to the engine's. */
export class Recruits {
  readonly #workers = new Map<number, Worker>();
  #made = 0;

  /** Makes as many workers as this computer has cores for; `engine` is told of each. */
  recruit(engine: Worker, assets: EngineAssets): void {
    while (this.#workers.size < countMates()) {
      const mate = ++this.#made;
      const worker = new Worker(new URL("./mate.ts", import.meta.url), { type: "module", name: "mate" });
      worker.addEventListener("error", (event) => {
        event.preventDefault();
        this.dismiss(mate);
        engine.postMessage({ type: "lost", mate } satisfies Request);
      });
      const { port1, port2 } = new MessageChannel();
      worker.postMessage({ assets, port: port1 } satisfies MateRequest, [port1]);
      engine.postMessage({ type: "mate", mate, port: port2 } satisfies Request, [port2]);
      this.#workers.set(mate, worker);
    }
  }

  dismiss(mate: number): void {
    this.#workers.get(mate)?.terminate();
    this.#workers.delete(mate);
  }

  dismissAll(): void {
    for (const mate of this.#workers.keys()) this.dismiss(mate);
  }
}
