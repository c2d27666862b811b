import { CALLS, DEFAULT_LIMITS, type Limits, MAILBOX } from "#abi";
import type { Guest, Kernel, Thread, TurnEnd } from "#kernel";
import { type GuestInstance, type Image, type InstancePool, type Turn } from "#vm";

/** What the guest engine throws where memory ran out; null where even that error did not fit. */
const MEMORY_ERRORS: ReadonlySet<string> = new Set([
  "InternalError: out of memory",
  "InternalError: string too long",
  "null",
]);

/** A panic as the guest library tells it: of a thrown null, and of memory that ran out. */
const THROWN_NULL = "p0\nthrown value\nnull\n";
const MEMORY_PANIC = "p2\nInternalError\nout of memory\n";

/**
 * Carries out one run's threads on guest instances: one instance a thread, taken from the pool when the thread
 * starts and given back when the run is over. Owns fuel.
 */
export class Guests implements Guest {
  kernel: Kernel | null = null;
  readonly #pool: InstancePool;
  readonly #image: Image;
  readonly #entry: number;
  readonly #instances: GuestInstance[] = [];
  readonly #broken = new Set<GuestInstance>();
  readonly #memoryMaxBytes: number;
  #fuel: number;

  constructor(pool: InstancePool, image: Image, entry: number, limits: Limits) {
    this.#pool = pool;
    this.#image = image;
    this.#entry = entry;
    this.#fuel = limits.fuelMax;
    this.#memoryMaxBytes = limits.memoryMaxBytes;
  }

  start(thread: Thread): TurnEnd {
    if (thread.id > 0) {
      const instance = this.#of(thread);
      return this.#end(thread, instance, instance.start("body"));
    }
    const instance = this.#take(thread);
    instance.load(this.#image);
    instance.setMail(MAILBOX.thread, thread.id);
    instance.setMail(MAILBOX.entry, this.#entry);
    // The image carries the default; copies for further threads carry whatever stands in their parent.
    if (this.#memoryMaxBytes !== DEFAULT_LIMITS.memoryMaxBytes)
      instance.exports.qjs_set_memory_limit(this.#memoryMaxBytes);
    return this.#end(thread, instance, instance.start("program"));
  }

  resume(thread: Thread): TurnEnd {
    const instance = this.#of(thread);
    instance.setReply(thread.reply, thread.status);
    return this.#end(thread, instance, instance.resume());
  }

  fork(parent: Thread, child: Thread): void {
    const from = this.#of(parent);
    const to = this.#take(child);
    to.copyFrom(from);
    to.setMail(MAILBOX.thread, child.id);
  }

  kill(thread: Thread): void {
    const instance = this.#instances[thread.id];
    if (instance !== undefined) this.#pool.give(instance, this.#image, this.#broken.has(instance));
  }

  #take(thread: Thread): GuestInstance {
    const instance = this.#pool.take();
    this.#instances[thread.id] = instance;
    instance.port = {
      call: () => this.#call(instance, thread),
      interrupt: () => --this.#fuel < 0,
      clockNs: () => this.kernel?.nowNs ?? 0,
    };
    return instance;
  }

  /** A kernel call: arguments go onto the thread, the reply comes back from it. */
  #call(instance: GuestInstance, thread: Thread): boolean {
    const { argc } = instance;
    thread.call = instance.argNumber(0);
    thread.a = argc > 1 ? instance.argNumber(1) : 0;
    thread.b = argc > 2 ? instance.argNumber(2) : 0;
    thread.payload = argc > 3 ? instance.argValue(3) : "u";
    thread.timeoutNs = argc > 4 ? instance.argNumber(4) : Infinity;
    thread.at = instance.getMail(MAILBOX.site);
    thread.waker = instance.getMail(MAILBOX.waker);
    if (thread.call === CALLS.panic && thread.payload === THROWN_NULL && this.#cameNearFull(instance))
      thread.payload = MEMORY_PANIC;
    if (this.kernel?.enter(thread) !== true) return false;
    instance.setReply(thread.reply, thread.status);
    return true;
  }

  #end(thread: Thread, instance: GuestInstance, turn: Turn): TurnEnd {
    if (turn === "suspended") return "suspended";
    if (turn === "returned") return "ended";
    this.#broken.add(instance);
    thread.at = instance.getMail(MAILBOX.site);
    if (turn === "trapped") return { threw: "stack", message: "" };
    const { message, stack } = instance.takeError();
    if (message === "InternalError: interrupted") return { threw: "fuel", message: "" };
    if (MEMORY_ERRORS.has(message)) return { threw: "memory", message: stack };
    const text = message === "" ? "an error that cannot be put into words" : message;
    return { threw: "error", message: stack === "undefined" ? text : `${text}\n${stack}` };
  }

  /** Whether memory ever came near its limit; the heap itself is smaller again once an error has left its owner. */
  #cameNearFull(instance: GuestInstance): boolean {
    return instance.bytes.length > this.#memoryMaxBytes * 0.75;
  }

  #of(thread: Thread): GuestInstance {
    const instance = this.#instances[thread.id];
    if (instance === undefined) throw new RangeError(`thread ${thread.id} has no guest`);
    return instance;
  }
}
