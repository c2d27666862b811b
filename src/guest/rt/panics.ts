import { CALLS } from "#abi";
import { kernelCall } from "../core/kernel.ts";
import { panicText } from "../core/thread-body.ts";

/** What can be given up. */
interface Droppable {
  drop(): void;
}

/** A panic came while the program was cleaning up after another, which is the one that goes on: this one is told. */
export function tellSecondPanic(error: unknown): void {
  const [name, ...message] = panicText(error).split("\n");
  kernelCall(
    CALLS.warn,
    0,
    0,
    `sA second panic came while the first was being cleaned up after: ${name}: ${message.join("\n")}. Rust ends the whole program there: let nothing throw in \`finally\` blocks and \`drop\`.`.toWellFormed(),
  );
}

/** Drops each future that is left, in order; the first panic is thrown when all have had their turn. */
export function dropAll(futures: (Droppable | null)[]): void {
  let panic: { readonly error: unknown } | null = null;
  for (const [i, future] of futures.entries()) {
    if (future === null) continue;
    futures[i] = null;
    try {
      future.drop();
    } catch (error) {
      if (panic === null) panic = { error };
      else tellSecondPanic(error);
    }
  }
  if (panic !== null) throw panic.error;
}

/** Drops each future that is left, because of a panic that goes on after it. */
export function dropAfterPanic(futures: (Droppable | null)[]): void {
  try {
    dropAll(futures);
  } catch (error) {
    tellSecondPanic(error);
  }
}
