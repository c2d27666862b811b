/**
 * A departure as numbers from 0:
 *
 *   gap         choices since the departure before
 *   head        the kind (0 thread, 1 waiter, 2 task, 3 number), plus 4 where `nth` follows, plus 8 where `until` does
 *   thread + 1  that went on last
 *   call        that it stands at
 *   object      of that call, see below
 *   occurrence
 *   [nth]
 *   option      of a thread its number + 1, 0 for the clock; of a waiter and a number itself; of a task an object
 *   [until]
 *
 * An object is 0 where there is none. Of calls about threads it is the thread + 1. Else it is several numbers: 1 + twice
 * the ordinal, plus 1 where a thread follows that made it (thread 0 made most); the tag plus 128 times the type; the twin.
 */
import { CALLS, type Call } from "#abi";
import { CLOCK_THREAD, type ChoiceKind } from "#kernel";
import { isAboutThread, type Landmark, type ObjectLandmark, type ObjectType } from "./landmarks.ts";
import type { Departure } from "./schedule.ts";

const KINDS: readonly ChoiceKind[] = ["thread", "waiter", "task", "number"];
/** By number. Part of the format: append, never reorder. */
const TYPES: readonly ObjectType[] = [
  "thread",
  "cell",
  "atomic",
  "mutex",
  "channel",
  "task",
  "condvar",
  "rw-lock",
  "barrier",
  "once-lock",
  "oneshot",
  "broadcast",
  "watch",
  "notify",
  "semaphore",
  "task-mutex",
  "task-rw-lock",
  "cancellation-token",
  "task-set",
  "waker",
  "listener",
  "stream",
  "disk",
  "file",
  "scope",
];
const TAG_BITS = 128;

const KNOWN_CALLS: ReadonlySet<number> = new Set([0, ...Object.values(CALLS)]);

/** `next` is the number of the first choice that it can be at. */
export function writeDeparture({ choice, kind, spot, option, until }: Departure, next: number): number[] {
  const { thread, call, object, occurrence, nth } = spot;
  const head = KINDS.indexOf(kind) + (nth > 0 ? 4 : 0) + (until > 0 ? 8 : 0);
  return [
    choice - next,
    head,
    thread + 1,
    call,
    ...writeLandmark(object),
    occurrence,
    ...(nth > 0 ? [nth] : []),
    ...writeOption(kind, option),
    ...(until > 0 ? [until] : []),
  ];
}

/** Undefined where the numbers are none of a departure; a reader that is over has less than one. */
export function readDeparture(reader: NumberReader, next: number): Departure | undefined {
  const choice = next + reader.next();
  const head = reader.next();
  const thread = reader.next() - 1;
  const call = reader.next();
  const object = readLandmark(reader, call);
  const occurrence = reader.next();
  const nth = (head & 4) > 0 ? reader.next() : 0;
  const kind = KINDS[head & 3] ?? "thread";
  const option = readOption(reader, kind);
  const until = (head & 8) > 0 ? reader.next() : 0;
  if (head > 15 || object === undefined || option === undefined) return undefined;
  if (!KNOWN_CALLS.has(call) || !KNOWN_CALLS.has(until)) return undefined;
  return {
    choice,
    kind,
    spot: { thread, call: call as Call | 0, object, occurrence, nth },
    option,
    until: until as Call | 0,
  };
}

function writeLandmark(landmark: Landmark | null): number[] {
  if (landmark === null) return [0];
  if (landmark.kind === "thread") return [landmark.thread + 1];
  const { type, by, ordinal, tag, twin } = landmark;
  const what = tag + TAG_BITS * TYPES.indexOf(type);
  return [1 + ordinal * 2 + (by > 0 ? 1 : 0), ...(by > 0 ? [by] : []), what, twin];
}

function readLandmark(reader: NumberReader, call: number): Landmark | null | undefined {
  const head = reader.next();
  if (head === 0) return null;
  if (isAboutThread(call)) return { kind: "thread", thread: head - 1 };
  const by = head % 2 === 0 ? reader.next() : 0;
  const [what, twin] = [reader.next(), reader.next()];
  const type = TYPES[Math.floor(what / TAG_BITS)];
  const [ordinal, tag] = [Math.floor((head - 1) / 2), what % TAG_BITS];
  return type && { kind: "object", type, by, ordinal, tag, twin };
}

function writeOption(kind: ChoiceKind, option: number | ObjectLandmark): number[] {
  if (typeof option !== "number") return writeLandmark(option);
  if (kind !== "thread") return [option];
  return [option === CLOCK_THREAD ? 0 : option + 1];
}

function readOption(reader: NumberReader, kind: ChoiceKind): number | ObjectLandmark | undefined {
  if (kind === "task") {
    const landmark = readLandmark(reader, CALLS.taskNext);
    return landmark?.kind === "object" ? landmark : undefined;
  }
  const number = reader.next();
  if (kind !== "thread") return number;
  return number === 0 ? CLOCK_THREAD : number - 1;
}

/** Numbers in order; 0 beyond their end, which is remembered. */
export class NumberReader {
  readonly #numbers: readonly number[];
  #at = 0;

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }

  next(): number {
    const number = this.#numbers[this.#at] ?? 0;
    this.#at += 1;
    return number;
  }

  /** More was asked for than there is. */
  get isOver(): boolean {
    return this.#at > this.#numbers.length;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#numbers.length;
  }
}
