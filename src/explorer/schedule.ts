/**
 * A schedule as text that can be pasted: `il1.<program>.<body>`.
 *
 *   il1        magic and version; the version also stands for where the choice points are and for the call numbers
 *   <program>  first 8 hex digits of the program's hash
 *   <body>     base64url of unsigned LEB128 numbers:
 *                count, then per departure: gap (choices since the departure before, from 0), thread, call, object,
 *                then a check number (16 bits) over the program part and all numbers before
 *
 * A departure is a choice that was not answered with the default. A run without any is the kind schedule.
 */
import { CALLS, type Call } from "#abi";
import type { Choice } from "#kernel";
import { decodeBase64Url, encodeBase64Url } from "./base64url.ts";

const MAGIC = "il1";
const KNOWN_CALLS: ReadonlySet<number> = new Set(Object.values(CALLS));

/** At the run's choice number `choice` (from 0), `thread` goes on with `call` on `object`, which is not the default. */
export interface Departure {
  readonly choice: number;
  readonly thread: number;
  readonly call: Call;
  readonly object: number;
}

export interface Schedule {
  /** First 8 hex digits of the hash of the program it was recorded with. */
  readonly program: string;
  readonly departures: readonly Departure[];
}

export type ScheduleProblem = "not-a-schedule" | "other-version" | "cut" | "damaged";

/** A text that is no schedule this version can read; `message` says what to do. */
export class ScheduleError extends Error {
  override readonly name = "ScheduleError";
  readonly problem: ScheduleProblem;

  constructor(problem: ScheduleProblem, message: string) {
    super(message);
    this.problem = problem;
  }
}

/** The schedule of a finished run. */
export function scheduleOf(programHash: string, choices: readonly Choice[]): Schedule {
  const departures: Departure[] = [];
  choices.forEach(({ picked, preferred, thread, call, object }, choice) => {
    if (picked !== preferred) departures.push({ choice, thread, call, object });
  });
  return { program: programHash.slice(0, 8), departures };
}

/** True where the schedule was recorded with exactly this program. */
export function isScheduleOf(schedule: Schedule, programHash: string): boolean {
  return schedule.program === programHash.slice(0, 8);
}

export function encodeSchedule(schedule: Schedule): string {
  const numbers = [schedule.departures.length];
  let before = 0;
  for (const { choice, thread, call, object } of schedule.departures) {
    numbers.push(choice - before, thread, call, object);
    before = choice + 1;
  }
  numbers.push(checkNumber(schedule.program, numbers));
  return `${MAGIC}.${schedule.program}.${encodeBase64Url(numbers.flatMap(encodeVarint))}`;
}

/** Reads a pasted text; white space around and inside it is ignored. Throws {@link ScheduleError}. */
export function parseSchedule(text: string): Schedule {
  const [magic = "", program = "", body = "", ...rest] = text.replace(/\s+/g, "").split(".");
  if (!/^il\d+$/.test(magic)) {
    throw new ScheduleError("not-a-schedule", "This text is not a schedule: schedules begin with `il1.`.");
  }
  if (magic !== MAGIC) {
    throw new ScheduleError(
      "other-version",
      `This schedule has the format \`${magic}\`; this version of Interleave reads \`${MAGIC}\`. Run the search again to get a new one.`,
    );
  }
  if (program.length < 8 || body === "") throw cut();
  if (rest.length > 0 || !/^[0-9a-f]{8}$/.test(program)) throw damaged();
  return { program, departures: parseBody(program, body) };
}

function parseBody(program: string, body: string): Departure[] {
  const decoded = decodeBase64Url(body);
  if (decoded === undefined) throw damaged();
  const { numbers, whole } = decodeVarints(decoded.bytes);
  const promised = (numbers[0] ?? 0) * 4 + 2;
  if (numbers.length < promised) throw cut();
  if (!decoded.exact || !whole || numbers.length !== promised) throw damaged();
  if (numbers.at(-1) !== checkNumber(program, numbers.slice(0, -1))) throw damaged();
  return toDepartures(numbers.slice(1, -1));
}

function toDepartures(numbers: readonly number[]): Departure[] {
  const departures: Departure[] = [];
  let next = 0;
  for (let i = 0; i < numbers.length; i += 4) {
    const [gap = 0, thread = 0, call = 0, object = 0] = numbers.slice(i, i + 4);
    if (!KNOWN_CALLS.has(call)) throw damaged();
    departures.push({ choice: next + gap, thread, call: call as Call, object });
    next += gap + 1;
  }
  return departures;
}

function checkNumber(program: string, numbers: readonly number[]): number {
  let sum = Number.parseInt(program, 16) >>> 0;
  for (const number of numbers) sum = Math.imul(sum ^ number, 0x01000193) + 1;
  return (sum ^ (sum >>> 16)) & 0xffff;
}

function encodeVarint(number: number): number[] {
  const bytes: number[] = [];
  let rest = number;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return [...bytes, rest];
}

/** The numbers before the first malformed one; `whole` where there is none. A number has one form, the shortest. */
function decodeVarints(bytes: readonly number[]): { numbers: number[]; whole: boolean } {
  const numbers: number[] = [];
  let value = 0;
  let scale = 1;
  for (const byte of bytes) {
    value += (byte & 127) * scale;
    scale *= 128;
    if (byte >= 128) continue;
    if (value > Number.MAX_SAFE_INTEGER || (byte === 0 && scale > 128)) return { numbers, whole: false };
    numbers.push(value);
    value = 0;
    scale = 1;
  }
  return { numbers, whole: scale === 1 };
}

function cut(): ScheduleError {
  return new ScheduleError("cut", "This schedule is cut: its end is missing. Copy the whole text.");
}

function damaged(): ScheduleError {
  return new ScheduleError(
    "damaged",
    "This schedule is damaged: it is not as it was written. Copy the text again.",
  );
}
