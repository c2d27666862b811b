/**
 * What a call that can fail in an expected way returns: never an exception. `ok` tells which of both it is.
 * @rust std::result::Result
 * @differs A union without methods: `if (result.ok)` is the `match`, and there is no `?`.
 */
export type Result<T, E> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function err<E>(error: E): { readonly ok: false; readonly error: E } {
  return { ok: false, error };
}
