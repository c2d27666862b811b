import { endpointsOf, type Payload } from "#abi";
import { AsyncLock } from "./async-lock.ts";
import { containerOf, type Endpoint } from "./endpoints.ts";
import type { Kernel } from "./kernel.ts";
import type { Caller } from "./caller.ts";
import type { KernelObject } from "./objects.ts";

/** What to do about the use of something that was closed. */
const REOPEN: Readonly<Partial<Record<Endpoint["object"]["type"], string>>> = {
  listener: "Close it once nobody needs it any more, or bind the port again.",
  stream: "Close it once nobody needs it any more, or connect again.",
  file: "Close it once nobody needs it any more, or open it again.",
};

/** What an owner did that ended an endpoint for it, as a move "into" that. */
const ENDINGS: Readonly<Record<string, string>> = {
  "drop()": "was dropped",
  "release()": "was released",
  "send()": "has sent its one value",
};

/** What to do where that is not enough. */
const AGAIN: Readonly<Record<string, string>> = {
  "send()": " For more values use `channel` instead of `oneshot`.",
};

const ONE_RECEIVER = " A receiver has one owner: use it there, or do not give it away.";

/** How to keep something that moves; the functions are given what the program calls it. */
const KEEP: Readonly<
  Record<Exclude<Endpoint["side"], "handle">, Readonly<Record<string, (name: string) => string>>>
> = {
  sender: {
    oneshot: () => " It has one owner, as it sends one value: use it there, or do not give it away.",
  },
  receiver: {
    channel: () => ONE_RECEIVER,
    oneshot: () => ONE_RECEIVER,
    broadcast: (name) => ` Make a second one first and move that: \`${name || "rx"}.resubscribe()\`.`,
  },
};

function keep(side: "sender" | "receiver", type: string, name: string): string {
  const named = name || (side === "sender" ? "tx" : "rx");
  return KEEP[side][type]?.(name) ?? ` Clone it first and move the clone: \`${named}.clone()\`.`;
}

/**
 * Who may use an endpoint or a handle, and what moves it. Named as Rust would name it: an endpoint captured
 * by a spawned thread, sent, or put into a lock is gone from where it was.
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
    } else if (endpoint.side === "receiver" && !this.#isUsedInTurns(caller, endpoint)) {
      if (endpoint.user >= 0 && endpoint.user !== caller.owner) {
        const user = this.#kernel.nameOfOwner(endpoint.user);
        this.#kernel.misuse(
          caller,
          `${this.#kernel.nameOfOwner(caller.owner)} uses the receiver of ${this.#kernel.label(endpoint.object)}, which ${user} already uses. ` +
            "A channel has one consumer: hand the receiver to one thread, or give each thread a channel of its own.",
        );
      }
      endpoint.user = caller.owner;
    }
  }

  /** Like `use`, for what does not need the receiver for itself: asking, cloning. */
  look(caller: Caller, endpoint: Endpoint): void {
    if (!this.#owns(caller, endpoint)) this.#kernel.misuse(caller, this.#goneMessage(caller, endpoint));
  }

  /** Like `look`, for a call that hands it over: what the place has a name for is something else. */
  handOver(caller: Caller, endpoint: Endpoint): void {
    if (!this.#owns(caller, endpoint))
      this.#kernel.misuse(caller, this.#goneMessage(caller, endpoint, "", "carried"));
  }

  /** Misuse (and false) where `payload` holds endpoints, of which a value that is copied for many cannot have enough. */
  checkCopied(caller: Caller, payload: Payload, what: string): boolean {
    if (endpointsOf(payload).length === 0) return true;
    this.#kernel.misuse(
      caller,
      `A value in ${what} is copied for each receiver, and an end of a channel has one owner. Send it through a channel instead.`,
    );
    return false;
  }

  /**
   * Misuse (and false) where `payload` holds an endpoint that `thread` may not give away. Those in `before` have been
   * there before: they may have been dropped meanwhile.
   */
  checkCarried(caller: Caller, payload: Payload, before: readonly number[] = []): boolean {
    for (const id of endpointsOf(payload)) {
      const endpoint = this.#kernel.endpoints.get(id);
      if (before.includes(id)) continue;
      if (!this.#owns(caller, endpoint)) {
        this.#kernel.misuse(caller, this.#goneMessage(caller, endpoint, "", "carried"));
        return false;
      }
    }
    return true;
  }

  /** Moves every endpoint inside `payload` from `thread` into a container. */
  carry(caller: Caller, payload: Payload, container: number, into: string): void {
    for (const id of endpointsOf(payload)) {
      const endpoint = this.#kernel.endpoints.get(id);
      if (endpoint.owners.has(container) || endpoint.owners.size === 0) continue;
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
  capture(parent: Caller, child: { readonly name: string; readonly owner: number }, captures: string): void {
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

  /** The owner as which the caller uses `endpoint`: itself, or the lock that it holds. */
  ownerFor(caller: Caller, endpoint: Endpoint): number {
    const lock = endpoint.owners.has(caller.owner) ? undefined : this.#lockOf(caller, endpoint);
    return lock === undefined ? caller.owner : containerOf(lock.id);
  }

  #owns(caller: Caller, endpoint: Endpoint): boolean {
    return endpoint.owners.has(caller.owner) || this.#lockOf(caller, endpoint) !== undefined;
  }

  /** What holds `endpoint` and lets the caller use it: a lock that it holds, or a value that is there for all. */
  #lockOf(caller: Caller, endpoint: Endpoint): KernelObject | undefined {
    for (const owner of endpoint.owners) {
      const object = owner < 0 ? this.#kernel.objects.all[-owner - 1] : undefined;
      if (object === undefined) continue;
      if (object.type === "once-lock") return object;
      if ("isHeldBy" in object && object.isHeldBy(caller.thread, caller.owner)) return object;
    }
    return undefined;
  }

  /** Behind a lock that one holds at a time, a receiver serves one after the other. */
  #isUsedInTurns(caller: Caller, endpoint: Endpoint): boolean {
    if (endpoint.owners.has(caller.owner)) return false;
    const lock = this.#lockOf(caller, endpoint);
    if (lock instanceof AsyncLock) return lock.isHeldAloneBy(caller.owner);
    return lock?.type === "mutex" || (lock?.type === "rw-lock" && lock.writer === caller.thread);
  }

  /** What is carried has no name of its own at the site of the call. */
  #goneMessage(caller: Caller, endpoint: Endpoint, variable = "", how: "used" | "carried" = "used"): string {
    const kernel = this.#kernel;
    const move = endpoint.moves.get(caller.owner);
    const { object } = endpoint;
    const titled = "title" in object;
    const name =
      variable || move?.variable || (titled || how === "carried" ? "" : kernel.names.thing(caller.at));
    const side = endpoint.side === "handle" ? object.type : endpoint.side;
    const isPart = endpoint.side !== "handle" || object.type === "permit";
    const unnamed = isPart ? `the ${side} of ${kernel.label(object)}` : kernel.label(object);
    const who = kernel.nameOfOwner(caller.owner);
    const what = name === "" ? unnamed : `\`${name}\``;
    if (move === undefined) return `${who} uses ${what}, which belongs to another thread.`;
    const place = kernel.names.place(move.site);
    const where = place === "" ? "" : ` (${place})`;
    const ending = ENDINGS[move.into];
    if (ending !== undefined)
      return `${who} uses ${what} after it ${ending}${where}.${AGAIN[move.into] ?? ""}`;
    if (move.into === "close()")
      return `${who} uses ${what} after it was closed${where}. ${REOPEN[object.type] ?? ""}`;
    if (object.type === "permit")
      return `${who} uses ${what} after it moved into ${move.into}${where}. A permit has one owner: release it there.`;
    if (endpoint.side === "handle")
      return `${who} uses ${what} after it moved into ${move.into}${where}. Clone it first and move the clone: \`${name === "" ? object.type : name}.tryClone()\`.`;
    return `${who} uses ${what} after it moved into ${move.into}${where}.${keep(endpoint.side, object.type, name)}`;
  }
}
