/** How a lock is taken. */
export interface LockOptions {
  /**
   * Take the lock although a thread panicked while it could change the value, which may be half changed.
   * @rust std::sync::PoisonError::into_inner
   */
  readonly ignorePoison?: boolean;
}

export const PLAIN: LockOptions = {};
