import { describe, expect, it } from "vitest";
import { CALLS, type CallName } from "#abi";
import { isEarly, mayConflict, type Operation, touchOf } from "#explorer";
import { HANDLERS } from "../../src/kernel/calls/index.ts";

/** Two calls of two threads, each on an object; and whether their order may matter. */
function check(one: [CallName, number], other: [CallName, number], expected: boolean): void {
  const [first, second] = [operation(1, ...one), operation(2, ...other)];
  expect(mayConflict(first, second), `${one.join(" ")} and ${other.join(" ")}`).toBe(expected);
  expect(mayConflict(second, first), `${other.join(" ")} and ${one.join(" ")}`).toBe(expected);
}

function operation(thread: number, name: CallName, object: number): Operation {
  return { thread, call: CALLS[name], object };
}

const ALL = Object.keys(CALLS) as CallName[];

/** Calls that have been looked at and change nothing that another thread could see. */
const PURE_READS: readonly CallName[] = ["cellGet", "atomicLoad", "isPoisoned", "onceGet", "isFinished"];

describe("two calls", () => {
  it("on the same object conflict, unless both only read", () => {
    check(["cellGet", 1], ["cellGet", 1], false);
    check(["cellGet", 1], ["cellSet", 1], true);
    check(["cellSet", 1], ["cellSet", 1], true);
    check(["lock", 1], ["lock", 1], true);
    check(["lock", 1], ["unlock", 1], true);
    check(["send", 1], ["recv", 1], true);
    check(["onceGet", 1], ["onceEnd", 1], true);
  });

  it("on different objects commute", () => {
    check(["cellSet", 1], ["cellSet", 2], false);
    check(["lock", 1], ["unlock", 2], false);
    check(["send", 1], ["recv", 2], false);
    check(["notifyOne", 1], ["barrierWait", 2], false);
  });

  it("conflict where an object is not known", () => {
    check(["cellSet", 0], ["cellSet", 2], true);
    check(["trySend", 0], ["recv", 2], true);
    check(["cellGet", 0], ["cellGet", 2], false);
  });

  it("of one thread keep their order", () => {
    expect(mayConflict(operation(1, "now", 0), operation(1, "print", 0))).toBe(true);
  });

  it("about a thread conflict where one of them changes it", () => {
    check(["join", 1], ["isFinished", 1], true);
    check(["isFinished", 1], ["isFinished", 1], false);
    check(["unpark", 2], ["park", 2], true);
    check(["unpark", 1], ["park", 2], false);
    check(["isFinished", 3], ["join", 4], false);
    check(["exit", 0], ["isFinished", 1], true);
    check(["exit", 0], ["isFinished", 3], false);
  });

  it("that close ends conflict with every call about a channel, and not with each other", () => {
    check(["endpointDrop", 1], ["recv", 2], true);
    check(["exit", 0], ["tryRecv", 2], true);
    check(["exit", 0], ["join", 5], true);
    check(["exit", 0], ["endpointDrop", 2], false);
    check(["exit", 0], ["exit", 0], false);
    check(["endpointDrop", 1], ["cellSet", 1], false);
  });

  it("conflict where one waits on a condition and the other is about a lock: it lets go of one", () => {
    check(["wait", 1], ["notifyOne", 1], true);
    check(["wait", 1], ["notifyOne", 2], false);
    check(["wait", 1], ["lock", 2], true);
    check(["waitTimeout", 1], ["tryLock", 2], true);
    check(["wait", 1], ["wait", 2], true);
    check(["wait", 1], ["cellSet", 2], false);
  });

  it("conflict where the run's one spurious wake-up may be in either", () => {
    check(["park", 1], ["wait", 4], true);
    check(["park", 1], ["parkTimeout", 2], true);
  });

  it("that take numbers conflict with each other only; so do those that occupy a core", () => {
    check(["cellNew", 0], ["channelNew", 0], true);
    check(["cellNew", 0], ["cellSet", 3], false);
    check(["work", 0], ["work", 0], true);
    check(["work", 0], ["lock", 3], false);
  });
});

describe("every kernel call", () => {
  it("is classified", () => {
    for (const name of ALL) expect(touchOf(CALLS[name]), name).toMatch(/^[a-z]+$/);
  });

  it("that is said to only read has been looked at", () => {
    const reads = ALL.filter((name) => ["reads", "asks"].includes(touchOf(CALLS[name])));
    expect(reads.toSorted()).toEqual(PURE_READS.toSorted());
  });

  it("that is said to touch nothing or to take a number is one before which nobody is asked", () => {
    for (const name of ALL) {
      if (!["nothing", "numbers"].includes(touchOf(CALLS[name]))) continue;
      expect(HANDLERS[CALLS[name]]?.visible, name).toBe(false);
    }
  });

  it("of tasks, sockets, files and wakers depends on everything", () => {
    const names: CallName[] = [
      "wakerNew",
      "taskNext",
      "operationPoll",
      "wake",
      "oneshotSend",
      "streamWrite",
      "fileSync",
      "poll",
    ];
    for (const name of names)
      for (const other of ALL) check([name, 1], [other, 2], touchOf(CALLS[other]) !== "nothing");
  });

  it("with an effect when it begins can be told then, but for those whose beginning nobody else sees", () => {
    // A sleep's deadline and a once-lock's first look are the thread's own; who owns an end is settled when it moves.
    const OWN: CallName[] = [
      "sleep",
      "onceSet",
      "onceBegin",
      "scopeJoin",
      "send",
      "trySend",
      "tryRecv",
      "endpointDrop",
    ];
    for (const name of ALL)
      if (HANDLERS[CALLS[name]]?.begin !== undefined && !OWN.includes(name))
        expect(isEarly(CALLS[name]), name).toBe(true);
  });

  it("that is visible only while others probe for it can be told when its thread comes to it", () => {
    for (const name of ALL)
      if (typeof HANDLERS[CALLS[name]]?.visible === "object") expect(isEarly(CALLS[name]), name).toBe(true);
  });
});
