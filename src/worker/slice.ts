/** How long the worker works before it looks for messages, milliseconds. */
const SLICE_MS = 25;

/** A stretch of work between two looks at the message queue, so that Stop is heard. */
export class Slice {
  #until = performance.now() + SLICE_MS;

  isOver(): boolean {
    return performance.now() >= this.#until;
  }

  /** Lets waiting messages in, then begins anew. */
  async restart(): Promise<void> {
    await Slice.rest();
    this.#until = performance.now() + SLICE_MS;
  }

  /** Lets waiting messages in. A message to oneself, because timers are held back to four milliseconds. */
  static rest(): Promise<void> {
    return new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener("message", () => {
        port1.close();
        resolve();
      });
      port1.start();
      port2.postMessage(undefined);
    });
  }
}
