/**
 * A schedule as text that can be pasted: `il2.<program>.<body>`.
 *
 *   il2        magic and version; the version also stands for where the choice points are and for the call numbers
 *   <program>  first 8 hex digits of the program's hash
 *   <body>     base64url of unsigned LEB128 numbers:
 *                twice the count, plus 1 where timers may fire late; the departures (schedule-numbers.ts); a check
 *                number (16 bits) over the program part and all numbers before
 *
 * A departure is a choice that was not answered with the default. A run without any is the kind schedule.
 */
import type { Call } from "#abi";
import type { ChoiceKind } from "#kernel";
import type { RunRules } from "#machine";
import { decodeBase64Url, encodeBase64Url } from "./base64url.ts";
import type { ObjectLandmark } from "./landmarks.ts";
import { NumberReader, readDeparture, writeDeparture } from "./schedule-numbers.ts";
import { decodeVarints, encodeVarints } from "./varint.ts";
import type { Spot } from "./whereabouts.ts";

const MAGIC = "il2";

/** At this spot the run does not take the default. */
export interface Departure {
  /** The number of the choice, from 0, in the run that it was read from: exact for the same program, worthless for another. */
  readonly choice: number;
  readonly kind: ChoiceKind;
  readonly spot: Spot;
  /** What is taken: a thread (the clock too), a waiting thread, a number, or a task. */
  readonly option: number | ObjectLandmark;
  /** Of a thread: the call at which it could go on no further, `exit` at its end; 0 where it was left before. */
  readonly until: Call | 0;
}

export interface Schedule {
  /** First 8 hex digits of the hash of the program it was recorded with. */
  readonly program: string;
  /** How time moved. */
  readonly clock: RunRules["clock"];
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

/** The part of a program's hash that stands in its schedules. */
export function programPartOf(programHash: string): string {
  return programHash.slice(0, 8);
}

/** True where the schedule was recorded with exactly this program. */
export function isScheduleOf(schedule: Schedule, programHash: string): boolean {
  return schedule.program === programPartOf(programHash);
}

export function encodeSchedule({ program, clock, departures }: Schedule): string {
  const numbers = [departures.length * 2 + (clock === "late" ? 1 : 0)];
  let next = 0;
  for (const departure of departures) {
    numbers.push(...writeDeparture(departure, next));
    next = departure.choice + 1;
  }
  numbers.push(checkNumber(program, numbers));
  return `${MAGIC}.${program}.${encodeBase64Url(encodeVarints(numbers))}`;
}

/** Reads a pasted text; white space around and inside it is ignored. Throws {@link ScheduleError}. */
export function parseSchedule(text: string): Schedule {
  const [magic = "", program = "", body = "", ...rest] = text.replace(/\s+/g, "").split(".");
  if (!/^il\d+$/.test(magic)) {
    throw new ScheduleError(
      "not-a-schedule",
      `This text is not a schedule: schedules begin with \`${MAGIC}.\`.`,
    );
  }
  if (magic !== MAGIC) {
    throw new ScheduleError(
      "other-version",
      `This schedule has the format \`${magic}\`; this version of Interleave reads \`${MAGIC}\`. Run the search again to get a new one.`,
    );
  }
  if (program.length < 8 || body === "") throw cut();
  if (rest.length > 0 || !/^[0-9a-f]{8}$/.test(program)) throw damaged();
  return { program, ...parseBody(program, body) };
}

function parseBody(program: string, body: string): Pick<Schedule, "clock" | "departures"> {
  const decoded = decodeBase64Url(body);
  if (decoded === undefined) throw damaged();
  const { numbers, whole } = decodeVarints(decoded.bytes);
  const reader = new NumberReader(numbers);
  const head = reader.next();
  const departures: Departure[] = [];
  for (let left = Math.floor(head / 2); left > 0 && !reader.isOver; left--) {
    const departure = readDeparture(reader, (departures.at(-1)?.choice ?? -1) + 1);
    if (departure === undefined) throw reader.isOver ? cut() : damaged();
    departures.push(departure);
  }
  const check = reader.next();
  if (reader.isOver) throw cut();
  if (!decoded.exact || !whole || !reader.isAtEnd) throw damaged();
  if (check !== checkNumber(program, numbers.slice(0, -1))) throw damaged();
  return { clock: head % 2 === 1 ? "late" : "idle", departures };
}

function checkNumber(program: string, numbers: readonly number[]): number {
  let sum = Number.parseInt(program, 16) >>> 0;
  for (const number of numbers) sum = Math.imul(sum ^ number, 0x01000193) + 1;
  return (sum ^ (sum >>> 16)) & 0xffff;
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
