import { CALLS } from "#abi";
import { Handle, idOfEnd } from "../core/handle.ts";
import { kernelCall } from "../core/kernel.ts";

/** What every end of a channel can do: be dropped, by name or by `using`. */
export abstract class End extends Handle {
  /**
   * Gives this end up. When the last sender goes, the receivers learn that nothing more will come; when the
   * last receiver goes, the senders learn that nobody listens.
   * @rust std::mem::drop
   * @differs Rust drops what goes out of scope. Here `using` does that, or the end of the task or thread that
   * owns it.
   */
  drop(): void {
    kernelCall(CALLS.endpointDrop, idOfEnd(this));
  }

  /** At the end of a `using` block: drops this end, which must not have been dropped or moved before. */
  [Symbol.dispose](): void {
    this.drop();
  }
}
