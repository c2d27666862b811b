/** A command line that cannot be carried out as it stands: one line that says why. Exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  /** What to do, where the message alone does not say it. */
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}
