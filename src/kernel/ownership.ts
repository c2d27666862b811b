import { endpointsOf, type Payload } from "#abi";
import type { Endpoint } from "./endpoints.ts";
import type { Kernel } from "./kernel.ts";
import type { Thread } from "./thread.ts";

/**
 * Who may use a channel's endpoint, and what moves it. Named as Rust would name it: an endpoint captured
 * by a spawned thread, sent, or put into a lock is gone from where it was.
 */
export class Ownership {
  readonly #kernel: Kernel;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** Misuse unless `thread` owns `endpoint`, or holds the lock whose value does. */
  use(thread: Thread, endpoint: Endpoint): void {
    if (!this.#owns(thread, endpoint)) {
      this.#kernel.misuse(thread, this.#goneMessage(thread, endpoint));
    } else if (endpoint.side === "receiver") {
      if (endpoint.user >= 0 && endpoint.user !== thread.id) {
        const user = this.#kernel.threads[endpoint.user]?.name;
        this.#kernel.misuse(
          thread,
          `${thread.name} uses the receiver of ${this.#kernel.label(endpoint.channel)}, which ${user} already uses. ` +
            "A channel has one consumer: hand the receiver to one thread, or give each thread a channel of its own.",
        );
      }
      endpoint.user = thread.id;
    }
  }

  /** Misuse (and false) where `payload` holds an endpoint that `thread` may not give away; `container` may hold it already. */
  checkCarried(thread: Thread, payload: Payload, container = 0): boolean {
    for (const id of endpointsOf(payload)) {
      const endpoint = this.#kernel.endpoints.get(id);
      if (endpoint.owners.has(container) && container !== 0) continue;
      if (!this.#owns(thread, endpoint)) {
        this.#kernel.misuse(thread, this.#goneMessage(thread, endpoint));
        return false;
      }
    }
    return true;
  }

  /** Moves every endpoint inside `payload` from `thread` into a container. */
  carry(thread: Thread, payload: Payload, container: number, into: string): void {
    for (const id of endpointsOf(payload)) {
      const endpoint = this.#kernel.endpoints.get(id);
      if (endpoint.owners.has(container)) continue;
      this.#kernel.endpoints.move(endpoint, thread.id, container, { variable: "", into, site: thread.at });
    }
  }

  /** Misuse (and false) where `payload` holds endpoints: cells and atomics have no owner to give them to. */
  checkPlain(thread: Thread, payload: Payload, what: string): boolean {
    if (endpointsOf(payload).length === 0) return true;
    this.#kernel.misuse(thread, `${what} cannot hold an end of a channel. Put it into a Mutex instead.`);
    return false;
  }

  /**
   * Hands a spawned closure what it captures: `d<id>:<variable>` directly captured endpoints move,
   * `s<id>` endpoints reached through functions, instances and arrays are shared.
   */
  capture(parent: Thread, child: Thread, captures: string): void {
    if (captures === "") return;
    for (const entry of captures.split(",")) {
      const direct = entry.charAt(0) === "d";
      const [id = "", variable = ""] = entry.slice(1).split(":");
      const endpoint = this.#kernel.endpoints.get(Number(id));
      if (!this.#owns(parent, endpoint)) {
        if (direct) return this.#kernel.misuse(parent, this.#goneMessage(parent, endpoint, variable));
      } else if (direct) {
        const move = { variable, into: child.name, site: parent.at };
        this.#kernel.endpoints.move(endpoint, parent.id, child.id, move);
        endpoint.user = -1;
      } else this.#kernel.endpoints.share(endpoint, child.id);
    }
  }

  #owns(thread: Thread, endpoint: Endpoint): boolean {
    if (endpoint.owners.has(thread.id)) return true;
    for (const owner of endpoint.owners) {
      if (owner >= 0) continue;
      const object = this.#kernel.objects.all[-owner - 1];
      if (object?.type === "mutex" && object.holder === thread) return true;
    }
    return false;
  }

  #goneMessage(thread: Thread, endpoint: Endpoint, variable = ""): string {
    const kernel = this.#kernel;
    const move = endpoint.moves.get(thread.id);
    const name = variable || move?.variable || kernel.names.thing(thread.at);
    const what = name === "" ? `the ${endpoint.side} of ${kernel.label(endpoint.channel)}` : `\`${name}\``;
    if (move === undefined) return `${thread.name} uses ${what}, which belongs to another thread.`;
    const place = kernel.names.place(move.site);
    const where = place === "" ? "" : ` (${place})`;
    if (move.into === "drop()") return `${thread.name} uses ${what} after it was dropped${where}.`;
    const cure =
      endpoint.side === "sender"
        ? ` Clone it first and move the clone: \`${name === "" ? "tx" : name}.clone()\`.`
        : " A receiver has one owner: use it there, or do not give it away.";
    return `${thread.name} uses ${what} after it moved into ${move.into}${where}.${cure}`;
  }
}
