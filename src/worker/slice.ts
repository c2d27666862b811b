/** A stretch of work between two looks at the message queue, so that messages are heard. */
export class Slice {
  readonly #lengthMs: number;
  #until: number;

  constructor(lengthMs: number) {
    this.#lengthMs = lengthMs;
    this.#until = performance.now() + lengthMs;
  }

  isOver(): boolean {
    return performance.now() >= this.#until;
  }

  /** Lets waiting messages in, then begins anew. */
  async restart(): Promise<void> {
    await Slice.rest();
    this.#until = performance.now() + this.#lengthMs;
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
