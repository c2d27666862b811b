/** A command line that cannot be carried out as it stands: one line that says why. Exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
