import { endpointsOf, type Payload } from "#abi";
import type { Endpoint } from "./endpoints.ts";
import type { Kernel } from "./kernel.ts";
import type { Caller } from "./caller.ts";

/**
 * Who may use a channel's endpoint, and what moves it. Named as Rust would name it: an endpoint captured
 * by a spawned caller, sent, or put into a lock is gone from where it was.
 */
export class Ownership {
  readonly #kernel: Kernel;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** Misuse unless `thread` owns `endpoint`, or holds the lock whose value does. */
  use(caller: Caller, endpoint: Endpoint): void {
    if (!this.#owns(caller, endpoint)) {
      this.#kernel.misuse(caller, this.#goneMessage(caller, endpoint));
    } else if (endpoint.side === "receiver") {
      if (endpoint.user >= 0 && endpoint.user !== caller.owner) {
        const user = this.#kernel.threads[endpoint.user]?.name;
        this.#kernel.misuse(
          caller,
          `${caller.name} uses the receiver of ${this.#kernel.label(endpoint.channel)}, which ${user} already uses. ` +
            "A channel has one consumer: hand the receiver to one caller, or give each thread a channel of its own.",
        );
      }
      endpoint.user = caller.owner;
    }
  }

  /** Misuse (and false) where `payload` holds an endpoint that `thread` may not give away; `container` may hold it already. */
  checkCarried(caller: Caller, payload: Payload, container = 0): boolean {
    for (const id of endpointsOf(payload)) {
      const endpoint = this.#kernel.endpoints.get(id);
      if (endpoint.owners.has(container) && container !== 0) continue;
      if (!this.#owns(caller, endpoint)) {
        this.#kernel.misuse(caller, this.#goneMessage(caller, endpoint));
        return false;
      }
    }
    return true;
  }

  /** Moves every endpoint inside `payload` from `thread` into a container. */
  carry(caller: Caller, payload: Payload, container: number, into: string): void {
    for (const id of endpointsOf(payload)) {
      const endpoint = this.#kernel.endpoints.get(id);
      if (endpoint.owners.has(container)) continue;
      this.#kernel.endpoints.move(endpoint, caller.owner, container, { variable: "", into, site: caller.at });
    }
  }

  /** Misuse (and false) where `payload` holds endpoints: cells and atomics have no owner to give them to. */
  checkPlain(caller: Caller, payload: Payload, what: string): boolean {
    if (endpointsOf(payload).length === 0) return true;
    this.#kernel.misuse(caller, `${what} cannot hold an end of a channel. Put it into a Mutex instead.`);
    return false;
  }

  /**
   * Hands a spawned closure what it captures: `d<id>:<variable>` directly captured endpoints move,
   * `s<id>` endpoints reached through functions, instances and arrays are shared.
   */
  capture(parent: Caller, child: Caller, captures: string): void {
    if (captures === "") return;
    for (const entry of captures.split(",")) {
      const direct = entry.charAt(0) === "d";
      const [id = "", variable = ""] = entry.slice(1).split(":");
      const endpoint = this.#kernel.endpoints.get(Number(id));
      if (!this.#owns(parent, endpoint)) {
        if (direct) return this.#kernel.misuse(parent, this.#goneMessage(parent, endpoint, variable));
      } else if (direct) {
        const move = { variable, into: child.name, site: parent.at };
        this.#kernel.endpoints.move(endpoint, parent.owner, child.owner, move);
        endpoint.user = -1;
      } else this.#kernel.endpoints.share(endpoint, child.owner);
    }
  }

  #owns(caller: Caller, endpoint: Endpoint): boolean {
    if (endpoint.owners.has(caller.owner)) return true;
    for (const owner of endpoint.owners) {
      if (owner >= 0) continue;
      const object = this.#kernel.objects.all[-owner - 1];
      if (object?.type === "mutex" && object.holder === caller.thread) return true;
    }
    return false;
  }

  #goneMessage(caller: Caller, endpoint: Endpoint, variable = ""): string {
    const kernel = this.#kernel;
    const move = endpoint.moves.get(caller.owner);
    const name = variable || move?.variable || kernel.names.thing(caller.at);
    const what = name === "" ? `the ${endpoint.side} of ${kernel.label(endpoint.channel)}` : `\`${name}\``;
    if (move === undefined) return `${caller.name} uses ${what}, which belongs to another thread.`;
    const place = kernel.names.place(move.site);
    const where = place === "" ? "" : ` (${place})`;
    if (move.into === "drop()") return `${caller.name} uses ${what} after it was dropped${where}.`;
    const cure =
      endpoint.side === "sender"
        ? ` Clone it first and move the clone: \`${name === "" ? "tx" : name}.clone()\`.`
        : " A receiver has one owner: use it there, or do not give it away.";
    return `${caller.name} uses ${what} after it moved into ${move.into}${where}.${cure}`;
  }
}
