import { CALLS } from "#abi";
import { Handle, idOfEnd } from "../core/handle.ts";
import { kernelCall } from "../core/kernel.ts";

/** What every end of a channel can do: be dropped, by name or by `using`. */
export abstract class End extends Handle {
  /**
   * Gives this end up. When the last sender goes, the receivers learn that nothing more will come; when the last
   * receiver goes, the senders learn that nobody listens.
   */
  drop(): void {
    kernelCall(CALLS.endpointDrop, idOfEnd(this));
  }

  [Symbol.dispose](): void {
    this.drop();
  }
}
