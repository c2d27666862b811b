import { CALLS, callName, type Call } from "#abi";

/** What comes before the method's own name in the names of calls. */
const PREFIXES =
  /^(?:cell|atomic|rw|barrier|once|oneshot|broadcast|watch|async|token|stream|socket|file|endpoint)(?=[A-Z])/;

/** Calls that learners know by another name. */
const OTHER_NAMES: Readonly<Partial<Record<number, string>>> = {
  [CALLS.atomicFetch]: "fetchAdd",
  [CALLS.onceBegin]: "getOrInit",
  [CALLS.notify]: "notifyOne",
  [CALLS.scopeJoin]: "join",
  [CALLS.taskJoin]: "join",
  [CALLS.taskAbort]: "abort",
  [CALLS.taskNew]: "spawn",
};

/** Calls that nobody writes. */
const PHRASES: Readonly<Partial<Record<number, string>>> = {
  [CALLS.exit]: "its end",
  [CALLS.panic]: "a panic",
  [CALLS.taskNext]: "looking for a task to poll",
  [CALLS.taskEnd]: "the end of a task",
  [CALLS.operationPoll]: "polling what it waits for",
  [CALLS.pick]: "picking what to poll first",
  [CALLS.clock]: "waiting for time",
};

/** A call as learners write it: `` `load` of `count` ``; `object` is "" where it has none. */
export function describeOperation(call: Call | 0, object: string): string {
  if (call === 0) return "its beginning";
  const phrase = PHRASES[call] ?? `\`${methodOf(call)}\``;
  return object === "" ? phrase : `${phrase} of ${object}`;
}

function methodOf(call: Call): string {
  const name = OTHER_NAMES[call] ?? callName(call).replace(PREFIXES, "");
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** ` a second time`; "" for the first. */
export function describeOccurrence(occurrence: number): string {
  if (occurrence < 2) return "";
  const word = ORDINALS[occurrence];
  return word === undefined ? ` for time number ${occurrence}` : ` a ${word} time`;
}

const ORDINALS: Readonly<Partial<Record<number, string>>> = {
  2: "second",
  3: "third",
  4: "fourth",
  5: "fifth",
};
