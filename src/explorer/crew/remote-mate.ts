import type { Program } from "#compile";
import type { Assignment, Mate, Work } from "./crew.ts";
import type { MateOrder, MateReport } from "./mate-protocol.ts";
import type { RunRecord } from "../part.ts";
import type { Port } from "./port.ts";

/** Programs that a mate keeps loaded: an exercise has two files of checks at most. */
const PROGRAMS_MAX = 2;

/**
 * A mate in another worker, at the other end of a port: see serve-mate.ts.
 *
 *   starting  until it says that it is ready
 *   idle      may be given a part
 *   working   from `run` until the work's end has been read or, where it was cancelled, heard of: a mate in a long
 *             built-in hears nothing
 *   lost      for ever: its worker has ended, or met a fault of ours
 */
export class RemoteMate implements Mate {
  readonly #port: Port;
  /** What is loaded there, by number; the one used last comes last. */
  readonly #programs = new Map<Program, number>();
  #programsLoaded = 0;
  #state: "starting" | "idle" | "working" | "lost" = "starting";
  #work: RemoteWork | undefined;
  #worksBegun = 0;

  constructor(port: Port) {
    this.#port = port;
    port.listen((message) => this.#hear(message as MateReport));
  }

  get isIdle(): boolean {
    return this.#state === "idle";
  }

  /** True while it runs a part that nobody wants any more. */
  get isInVain(): boolean {
    return this.#state === "working" && this.#work?.isCancelled === true;
  }

  /** The part it runs, where a search cannot go on without that. */
  get awaited(): Assignment | undefined {
    const { assignment, isCancelled } = this.#work ?? {};
    const isAwaited = this.#state === "working" && isCancelled === false && assignment?.isAwaited() === true;
    return isAwaited ? assignment : undefined;
  }

  run(assignment: Assignment): Work {
    const id = ++this.#worksBegun;
    const program = this.#load(assignment.program);
    this.#state = "working";
    this.#work = new RemoteWork(assignment, {
      id,
      cancel: () => this.#send({ type: "cancel", id }),
      leave: () => {
        if (this.#state === "working") this.#state = "idle";
      },
    });
    this.#send({ type: "run", id, program, options: assignment.options, part: assignment.part });
    return this.#work;
  }

  /** Its worker has ended: what it runs has to be run by somebody else. */
  lose(): void {
    this.#state = "lost";
    this.#work?.lose();
  }

  #hear(report: MateReport): void {
    if (this.#state === "lost") return;
    if (report.type === "ready") this.#state = "idle";
    else if (report.id !== this.#work?.id) return;
    else if (report.type === "records") this.#work.receive(report.records);
    else if (report.type === "done") this.#work.finish();
    // Whoever runs the part instead meets the same fault, and says so.
    else this.lose();
  }

  /** The program's number there, which is sent where it is not known; the one unused longest makes room. */
  #load(program: Program): number {
    const number = this.#programs.get(program) ?? ++this.#programsLoaded;
    if (!this.#programs.delete(program)) this.#send({ type: "load", program: number, code: program });
    this.#programs.set(program, number);
    for (const [other, old] of this.#programs) {
      if (this.#programs.size <= PROGRAMS_MAX) break;
      this.#programs.delete(other);
      this.#send({ type: "drop", program: old });
    }
    return number;
  }

  #send(order: MateOrder): void {
    this.#port.post(order);
  }
}

/** What a work says to its mate. */
interface Line {
  readonly id: number;
  cancel(): void;
  /** The work is over, and nobody will read it any more. */
  leave(): void;
}

/** One part that the mate runs. */
class RemoteWork implements Work {
  readonly assignment: Assignment;
  readonly #line: Line;
  readonly #batches: (readonly RunRecord[])[] = [];
  #state: "running" | "finished" | "cancelled" | "lost" = "running";
  #wake = (): void => {};

  constructor(assignment: Assignment, line: Line) {
    this.assignment = assignment;
    this.#line = line;
  }

  get id(): number {
    return this.#line.id;
  }

  get isCancelled(): boolean {
    return this.#state === "cancelled";
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly RunRecord[], void, void> {
    try {
      for (;;) {
        const batch = this.#batches.shift();
        if (batch !== undefined) yield batch;
        else if (this.#state === "finished") return this.#line.leave();
        else if (this.#state !== "running") throw new Error(`the work is ${this.#state}`);
        else await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } finally {
      this.cancel();
    }
  }

  cancel(): void {
    if (this.#state !== "running") return;
    this.#state = "cancelled";
    this.#line.cancel();
    this.#wake();
  }

  receive(records: readonly RunRecord[]): void {
    this.#batches.push(records);
    this.#wake();
  }

  finish(): void {
    if (this.#state === "cancelled") this.#line.leave();
    else this.#state = "finished";
    this.#wake();
  }

  lose(): void {
    this.#state = "lost";
    this.#wake();
  }
}
