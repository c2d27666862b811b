/** Owns: one recorded failing run with all that the patterns read, and its things in the program's own words. */
import { CALLS, type Bug, type BugName, type BugWitness, type Trace, type TraceEvent } from "#abi";
import type { Program } from "#compile";
import { EventWords, type Outcome, type RunResult } from "#machine";
import { type Access, actorOf, findAccesses } from "./accesses.ts";
import { Order } from "./order.ts";
import { Waits } from "./waits.ts";

/** Recognises one mistake in a failing run; null where the trace does not show it beyond doubt. */
export type Pattern = (history: History) => Bug | null;

export class History {
  readonly trace: Trace;
  readonly events: readonly TraceEvent[];
  readonly outcome: Outcome;
  readonly program: Program;
  readonly accesses: readonly Access[];
  readonly waits: Waits;
  readonly words: EventWords;
  readonly #files: number;
  #order: Order | undefined;

  constructor(trace: Trace, { outcome, choices }: RunResult, program: Program) {
    this.trace = trace;
    this.events = trace.events;
    this.outcome = outcome;
    this.program = program;
    this.accesses = findAccesses(trace);
    this.waits = new Waits(trace, choices);
    this.words = new EventWords(trace, program);
    const files = program.sites.map((site) => site.file).filter((file) => file !== "");
    this.#files = new Set(files.filter((file) => !program.hidden.includes(file))).size;
  }

  get order(): Order {
    return (this.#order ??= new Order(this.trace));
  }

  event(at: number): TraceEvent {
    return this.events[at] as TraceEvent;
  }

  /** The name of a thread or a task, by the number that accesses have. */
  name(actor: number): string {
    if (actor >= 0) return this.words.actors.get(actor, 0).name;
    return this.words.actors.get(this.trace.objects[-actor - 1]?.thread ?? 0, -actor).name;
  }

  /** `` `count` ``, or `a cell` where the source gives it no name. */
  thing(object: number): string {
    const info = this.trace.objects[object - 1];
    const name = this.program.sites[info?.site ?? 0]?.name ?? "";
    return name === "" ? `a ${info?.type ?? "thing"}` : `\`${name}\``;
  }

  /** ` (line 6)`, with the file where there are several; "" where it is not the learner's to see. */
  line(at: number): string {
    const site = this.program.sites[this.events[at]?.site ?? 0];
    if (site === undefined || site.file === "" || this.program.hidden.includes(site.file)) return "";
    return this.#files > 1 ? ` (${site.file}:${site.line})` : ` (line ${site.line})`;
  }

  /** The accesses to one object, in order. */
  of(object: number): readonly Access[] {
    return this.accesses.filter((access) => access.object === object);
  }

  /** Whether the run ended in a wrong result: something was expected and did not hold. */
  get isWrongResult(): boolean {
    return this.outcome.kind === "panic" || this.outcome.kind === "check-failed";
  }

  /** Whether it ended because somebody waits for ever. */
  get isStandstill(): boolean {
    const { kind } = this.outcome;
    return kind === "deadlock" || kind === "stuck" || kind === "leak";
  }

  /** The event at which the run went wrong: the panic itself, also where it was heard of at a join. */
  get failedAt(): number {
    const { message, thread } = this.outcome;
    const panicked = this.events.findIndex(
      ({ kind, detail }) =>
        (kind === "panicked" || kind === "task-panicked") && detail !== "" && message.endsWith(detail),
    );
    if (panicked >= 0) return panicked;
    const own = this.events.findLastIndex((event) => event.thread === thread);
    return own < 0 ? this.events.length - 1 : own;
  }

  bug(name: BugName, sentence: string, witnesses: readonly (readonly [number, string])[]): Bug {
    const told: BugWitness[] = witnesses.map(([event, role]) => ({ event, role }));
    return { name, sentence, witnesses: told.toSorted((a, b) => a.event - b.event) };
  }
}

/** What whoever failed had looked at last, which is what the failure is about. */
export interface Evidence {
  readonly at: number;
  readonly actor: number;
  /** Reads, the latest first. */
  readonly reads: readonly Access[];
  /** What came as the result of threads or as messages, where it read nothing itself. */
  readonly carried: readonly string[];
}

const BOUNDARIES: ReadonlySet<number> = new Set([
  CALLS.join,
  CALLS.scopeJoin,
  CALLS.taskJoin,
  CALLS.recv,
  CALLS.recvTimeout,
  CALLS.tryRecv,
  CALLS.taskSetNext,
  CALLS.oneshotRecv,
]);
const NO_DATA: ReadonlySet<string> = new Set([
  "",
  "undefined",
  "timeout",
  "empty",
  "disconnected",
  "panicked",
]);

/** Walks back from the failure through what its actor read, as far as the last thing it waited for or changed itself. */
export function findEvidence(history: History): Evidence {
  const at = history.failedAt;
  const actor = actorOf(history.event(at));
  const reads: Access[] = [];
  const carried: string[] = [];
  const accessAt = new Map(history.accesses.map((access) => [access.at, access]));
  for (let i = at; i >= 0; i--) {
    const event = history.event(i);
    if (actorOf(event) !== actor) continue;
    if (BOUNDARIES.has(event.call) && (event.kind === "called" || event.kind === "resumed")) {
      if (reads.length > 0) break;
      if (!NO_DATA.has(event.detail)) carried.push(event.detail);
    }
    const access = accessAt.get(i);
    if (access === undefined || carried.length > 0) continue;
    if (access.reads !== null) reads.push(access);
    if (access.writes !== null) break;
  }
  return { at, actor, reads, carried };
}
