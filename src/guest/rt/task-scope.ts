import { HELD } from "../core/captures.ts";
import { inspect } from "../core/inspect.ts";
import { misuse } from "../core/misuse.ts";
import { asFuture } from "./as-future.ts";
import type { Context } from "./context.ts";
import type { JoinHandle, TaskOptions } from "./executor.ts";
import { dropValue } from "./drop-value.ts";
import { Future } from "./future.ts";
import { begun, made } from "./generators.ts";
import type { Operation } from "./operation.ts";
import { tellSecondPanic } from "./panics.ts";
import { Poll, polledAgain } from "./polling.ts";
import { type EndedTask, TaskSet } from "./task-set.ts";

/**
 * Where the tasks of a {@link scope} are started, by its body or by its tasks.
 * @rust std::thread::Scope
 */
export interface Scope {
  /**
   * Starts a task that is over before the scope is. A misuse once the scope is over.
   * @rust std::thread::Scope::spawn
   */
  spawn<T>(future: Future<T>, options?: TaskOptions): JoinHandle<T>;
}

/**
 * 1. fresh -> open: the first poll calls the body.
 * 2. open -> closing: the body is ready; the scope waits for the children that are left.
 * 3. open or closing -> failed: the body or a child panicked; the body is dropped, every child aborted.
 * 4. closing or failed -> over: no child is left. Dropping a scope leads here at once.
 */
type State = "fresh" | "open" | "closing" | "failed" | "over";

class Scoped<R> extends Future<R> {
  readonly #token = made();
  readonly #tasks = new TaskSet();
  readonly #body: (scope: Scope) => Future<R>;
  #state: State = "fresh";
  #future: Future<R> | null = null;
  #next: Operation<EndedTask | null> | null = null;
  #result: { readonly value: R } | { readonly panic: unknown } | null = null;

  constructor(body: (scope: Scope) => Future<R>) {
    super();
    this.#body = body;
  }

  override poll(cx: Context): Poll<R> {
    begun(this.#token);
    if (this.#state === "over") return polledAgain();
    // Children first: after a panic of one the body does not go on.
    if (this.#state !== "fresh") this.#reap(cx);
    this.#advance(cx);
    const isAlone = this.#reap(cx);
    if (!isAlone || this.#future !== null || this.#result === null) return Poll.pending;
    this.#state = "over";
    if ("panic" in this.#result) throw this.#result.panic;
    return Poll.ready(this.#result.value);
  }

  override drop(): void {
    begun(this.#token);
    if (this.#state === "closing") this.#dropValue();
    this.#state = "over";
    this.#next?.drop();
    this.#next = null;
    const future = this.#future;
    this.#future = null;
    try {
      future?.drop();
    } finally {
      this.#tasks.abortAll();
    }
  }

  /** @internal */
  [HELD](): readonly unknown[] {
    return [this.#body, this.#future];
  }

  /** Begins the body, or goes on with it. */
  #advance(cx: Context): void {
    try {
      if (this.#state === "fresh") this.#begin();
      const poll = this.#future?.poll(cx);
      if (poll?.ready !== true) return;
      this.#future = null;
      this.#result ??= { value: poll.value };
      this.#state = "closing";
    } catch (error) {
      this.#future = null;
      this.#fail(error);
    }
  }

  #begin(): void {
    this.#state = "open";
    const scope: Scope = { spawn: (future, options) => this.#spawn(future, options) };
    this.#future = asFuture(this.#body(scope), "scope(body): what the body returns");
  }

  #spawn<T>(future: Future<T>, options?: TaskOptions): JoinHandle<T> {
    if (this.#state === "over")
      misuse(
        "This scope is over, so it cannot have further tasks: start them before its body returns, or use `spawn` for a task that outlives it.",
      );
    const handle = this.#tasks.spawn(future, options);
    if (this.#state === "failed") handle.abort();
    return handle;
  }

  /** Sees to the children that have ended; true where none is left. */
  #reap(cx: Context): boolean {
    while (this.#tasks.size > 0 || this.#next !== null) {
      this.#next ??= this.#tasks.next();
      const next = this.#next.poll(cx);
      if (!next.ready) return false;
      this.#next = null;
      try {
        if (next.value?.hasPanicked === true) next.value.handle.poll(cx);
      } catch (error) {
        this.#fail(error);
      }
    }
    return true;
  }

  /** What the body returned, where nobody will get it. */
  #dropValue(): void {
    if (this.#result !== null && "value" in this.#result) dropValue(this.#result.value);
  }

  /** The first panic is the scope's; everything else stops. */
  #fail(error: unknown): void {
    if (this.#state === "failed") return tellSecondPanic(error);
    if (this.#state === "closing") this.#dropValue();
    this.#state = "failed";
    this.#result = { panic: error };
    this.#tasks.abortAll();
    const future = this.#future;
    this.#future = null;
    try {
      future?.drop();
    } catch (second) {
      tellSecondPanic(second);
    }
  }
}

/**
 * Runs `body`, which can start tasks with the scope that it is given, and waits for it and for all of them:
 * none outlives the scope. Where the body or a task panics the rest is dropped, and when all are gone the
 * first panic arrives here.
 * @throws the first panic; TypeError where `body` is no function.
 * @rust std::thread::scope
 * @cancel Not safe: dropping it drops the body and aborts every task; they are gone at their executor's next
 * turn.
 * @differs Tokio has nothing of the kind for tasks: in Rust a future can be forgotten without being dropped,
 * and then nothing would wait for its tasks. Crates such as `moro` offer it.
 * @example
 * ```ts
 * import { type Async, blockOn } from "rt";
 * import { scope } from "rt/task";
 * import { sleep } from "rt/time";
 * function* work(name: string, ms: number): Async<void> {
 *   yield* sleep(ms);
 *   console.log(name); // quick, slow
 * }
 * blockOn(scope(function* (s): Async<void> {
 *   s.spawn(work("slow", 20));
 *   yield* work("quick", 10);
 * }));
 * console.log("all are over"); // all are over
 * ```
 */
export function scope<R>(body: (scope: Scope) => Future<R>): Future<R> {
  if (typeof body !== "function")
    throw new TypeError(`scope needs an async function, scope(function* (s) { … }), got ${inspect(body)}`);
  return new Scoped(body);
}
