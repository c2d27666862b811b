/** Interrupt-hook ticks that code may take which runs only because an error is put into words. */
const LAST_TICKS = 10;

/**
 * Whether `error` is the end of a guest and not of the engine: its frames did not fit the buffer (unreachable), or the
 * host's own stack ran out, which Firefox calls an InternalError and others a RangeError. A RangeError with another
 * message is the host's: there was no memory left for a further guest, say.
 */
export function isTrap(error: unknown): boolean {
  if (error instanceof WebAssembly.RuntimeError) return true;
  if (error instanceof RangeError) return error.message.includes("call stack");
  return error instanceof Error && error.name === "InternalError";
}

/**
 * Who answers while an error is put into words, which runs the program's own `toString`: nothing may suspend there,
 * because there is no entry to resume. Kernel calls do nothing and reply 0.
 */
export function createLastWords(): { call(): boolean; interrupt(): boolean; clockNs(): number } {
  let ticks = LAST_TICKS;
  return { call: () => true, interrupt: () => --ticks < 0, clockNs: () => 0 };
}
