import { AtomicBool } from "std/sync";
import { sleep } from "std/thread";

/**
 * Asks work to stop. Whoever holds the token may cancel it, look at it, or sleep on it; once cancelled it stays so.
 * Threads that capture a token, or get it in a message, share it: cancelled for one is cancelled for all.
 */
export class CancelToken {
  private readonly cancelled = new AtomicBool(false);

  /**
   * Cancels this token and every token below it: children, their children, and so on. Its parent and its siblings
   * do not notice. Whoever sleeps in `wait` on one of the cancelled tokens wakes up now.
   *
   * When `cancel()` returns, all of them are cancelled, even if another thread called it a moment earlier.
   */
  cancel(): void {
    this.cancelled.store(true);
  }

  /** Whether this token, or one above it, has been cancelled. */
  isCancelled(): boolean {
    return this.cancelled.load();
  }

  /** A new token below this one. The child of a cancelled token is cancelled from the start. */
  child(): CancelToken {
    // A child that nothing connects with its parent.
    return new CancelToken();
  }

  /**
   * Sleeps for `ms` milliseconds and returns false. If the token is cancelled meanwhile, or was before, returns true
   * at that very moment. At the very instant `ms` either answer is right.
   *
   * Waiting costs nothing: no loop that asks again and again, and no thread beside the one that waits.
   */
  wait(ms: number): boolean {
    // This sleeps out its time, whatever happens meanwhile.
    sleep(ms);
    return this.isCancelled();
  }
}
