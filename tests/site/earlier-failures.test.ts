import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { EarlierFailures } from "../../src/site/exercise/earlier-failures.ts";

const FACTS = { slug: "counter", version: 2 };
const KEY = "interleave:failures:counter:v2";
const CHECK = "exact";

type Failure = Parameters<EarlierFailures["keep"]>[0][number];

const failure = (schedule: string, kind: Failure["outcome"]["kind"] = "panic"): Failure => ({
  check: CHECK,
  schedule,
  outcome: { kind, message: `on ${schedule}`, thread: 0, errorName: "Error" },
  message: "",
  strategy: "bounded",
  run: 3,
  preemptions: 1,
  shrunk: null,
  proof: "",
  bug: null,
  steps: [],
  timeline: { lanes: [], columns: [], spans: [], arrows: [] } as unknown as Failure["timeline"],
  printed: [],
  warnings: [],
});

let stored: Map<string, string>;

beforeEach(() => {
  stored = new Map();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  });
});

afterEach(() => vi.unstubAllGlobals());

function restored(): EarlierFailures {
  const earlier = new EarlierFailures(FACTS);
  earlier.restore();
  return earlier;
}

const last = (earlier: EarlierFailures) => earlier.offer(CHECK, { failsNow: false });
const before = (earlier: EarlierFailures) => earlier.offer(CHECK, { failsNow: true });

describe("the schedule of a check that failed", () => {
  it("is kept over a reload, with the attempt and how it failed", () => {
    restored().keep([failure("il2.a")], 3);
    expect(last(restored())).toEqual({
      check: CHECK,
      schedule: "il2.a",
      attempt: 3,
      failure: { kind: "panic", message: "on il2.a", thread: 0, errorName: "Error" },
    });
  });

  it("is kept where the check passes then", () => {
    const earlier = restored();
    earlier.keep([failure("il2.a")], 1);
    earlier.keep([], 2);
    expect(last(earlier)?.attempt).toBe(1);
    expect(last(restored())?.attempt).toBe(1);
  });

  it("makes room for the next one, and is offered while that is the one on screen", () => {
    const earlier = restored();
    earlier.keep([failure("il2.a")], 1);
    expect(before(earlier)).toBeUndefined();
    earlier.keep([failure("il2.b")], 2);
    expect([last(earlier)?.schedule, before(earlier)?.schedule]).toEqual(["il2.b", "il2.a"]);
    expect([last(restored())?.schedule, before(restored())?.schedule]).toEqual(["il2.b", "il2.a"]);
  });

  it("stays with its attempt where the same code is checked again", () => {
    const earlier = restored();
    earlier.keep([failure("il2.a")], 1);
    earlier.keep([failure("il2.b")], 2);
    earlier.keep([failure("il2.b")], 2);
    expect(before(earlier)?.schedule).toBe("il2.a");
  });

  it("is not kept of a run that was cut", () => {
    const earlier = restored();
    earlier.keep([failure("il2.a", "inconclusive")], 1);
    expect(last(earlier)).toBeUndefined();
    expect(stored.size).toBe(0);
  });

  it("is not mixed up with another version's", () => {
    restored().keep([failure("il2.a")], 1);
    const other = new EarlierFailures({ ...FACTS, version: 3 });
    other.restore();
    expect(last(other)).toBeUndefined();
  });
});

describe("what else stands in the browser's storage", () => {
  const good = {
    check: CHECK,
    schedule: "il2.a",
    attempt: 1,
    failure: { kind: "panic", thread: 0, message: "" },
  };
  const bad: [title: string, value: unknown][] = [
    ["no JSON", "{"],
    ["a list", [good]],
    ["nothing of a schedule", { [CHECK]: {} }],
    ["a schedule that is no text", { [CHECK]: { last: { ...good, schedule: 7 } } }],
    ["another check's", { [CHECK]: { last: { ...good, check: "other" } } }],
    ["no attempt", { [CHECK]: { last: { ...good, attempt: "1" } } }],
    ["a failure without words", { [CHECK]: { last: { ...good, failure: { kind: "panic", thread: 0 } } } }],
    ["a name that is none", { [CHECK]: { last: { ...good, failure: { ...good.failure, errorName: 1 } } } }],
  ];
  it.each(bad)("is passed over: %s", (_, value) => {
    stored.set(KEY, typeof value === "string" ? value : JSON.stringify(value));
    expect(last(restored())).toBeUndefined();
  });

  it("is passed over beside what is good", () => {
    stored.set(KEY, JSON.stringify({ [CHECK]: { last: good, before: { schedule: 1 } }, other: 3 }));
    expect([last(restored()), before(restored())]).toEqual([good, undefined]);
  });
});
