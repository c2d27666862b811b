/** One end of a line to another worker: a browser's or Node's, as it comes from src/worker or src/cli. */
export interface Port {
  /** Sends plain data. */
  post(message: unknown): void;
  /** Called once: hands every message that comes to `hear`. */
  listen(hear: (message: unknown) => void): void;
}
