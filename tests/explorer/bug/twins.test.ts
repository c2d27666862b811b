import { expect, it } from "vitest";
import type { Bug, BugName } from "#abi";
import { findBug } from "#explorer";
import { seeded } from "../../engine.ts";
import { TWIN_PROGRAMS } from "../../search/catalogue.ts";
import { FOUND_WITHIN, type LoadedTwin, loadTwin, searchTwin } from "../../search/found.ts";

/**
 * What the mistake of each program is called; these were written by somebody who did not know the patterns. Null where no
 * name of the list is the mistake's, or where the trace cannot prove it, with the reason.
 */
const NAMES: Readonly<Record<string, BugName | null>> = {
  account: "lost-update",
  "use-before-init": "use-before-init",
  "double-checked": "use-before-init",
  "double-free": "check-then-act",
  // The look at the version is the check that the reads after it rely on.
  "torn-read": "check-then-act",
  "driver-stop": "check-then-act",
  "stack-aba": "aba",
  "work-stealing": "lost-update",
  "missed-signal": "lost-wake-up",
  "if-for-while": "if-for-while",
  "bounded-buffer": "wrong-waiter",
  // Notified, and looks again when what it was told of has been undone: nothing on the list.
  "barrier-reuse": null,
  transfer: "lock-order-inversion",
  hyman: "check-then-act",
  // Two stores in the wrong order: nothing on the list.
  "turn-before-flag": null,
  // Two draw one number in the repaired twin as well, which copes with it: the trace does not tell why this one does not.
  bakery: null,
  airlock: "check-then-act",
  philosophers: "lock-order-inversion",
  // Plain variables of one thread are in no trace.
  "await-between": null,
  stampede: null,
  "stale-reply": null,
  "task-transfer": "lock-order-inversion",
  "missed-notification": "lost-wake-up",
  "cancelled-select": "dropped-message",
  // The permits are counted in a plain variable.
  "leaked-permit": null,
  // The waker is kept in a plain variable.
  "registered-once": null,
  // No future had taken the messages: the receiver went with them.
  "lost-at-shutdown": null,
};

const EACH = TWIN_PROGRAMS.flatMap(({ name }) =>
  (["plain", "padded"] as const).map((variant) => ({ name, variant, bug: NAMES[name] })),
);
const tally = { right: 0, rightlyUnnamed: 0, wrong: 0, unnamed: 0 };

function count(bug: Bug | null, expected: BugName | null | undefined): void {
  if (bug === null) tally[expected === null ? "rightlyUnnamed" : "unnamed"] += 1;
  else tally[bug.name === expected ? "right" : "wrong"] += 1;
}

it("each twin has a name to be given, or a reason for none", () => {
  expect(Object.keys(NAMES).toSorted()).toEqual(TWIN_PROGRAMS.map(({ name }) => name).toSorted());
});

it.each(EACH)("$name, $variant: $bug", async ({ name, variant, bug: expected }) => {
  const { loaded, failure } = await fail(name, variant);
  const bug = failure && findBug(failure.result, loaded.program);
  count(bug, expected);
  expect({ name: bug?.name ?? null, sentence: bug?.sentence }).toMatchObject({ name: expected });
});

async function fail(
  name: string,
  variant: "plain" | "padded",
): Promise<LoadedTwin & Pick<ReturnType<typeof searchTwin>, "failure">> {
  const twin = await loadTwin(name, "wrong", variant);
  const { failure } = searchTwin(twin, { seed: 1, runsMax: FOUND_WITHIN });
  expect(failure).not.toBeNull();
  return { ...twin, failure };
}

it("of the twins that others wrote none gets a wrong name", () => {
  const { wrong, unnamed, ...rest } = tally;
  console.log(
    `twins: named right ${rest.right}, wrong ${wrong}, not named ${unnamed + rest.rightlyUnnamed}, of which rightly ${rest.rightlyUnnamed}`,
  );
  expect({ wrong, unnamed }).toEqual({ wrong: 0, unnamed: 0 });
});

const SEEDS = 12;

it("under random schedules no twin gets a name that is not its own", async () => {
  const wrong: string[] = [];
  let named = 0;
  for (const { name } of TWIN_PROGRAMS) {
    const { loaded } = await loadTwin(name, "wrong", "plain");
    for (let seed = 0; seed < SEEDS; seed++) {
      const run = loaded.run({ entry: { kind: "main" }, chooser: seeded(seed), record: true });
      const bug = findBug(run, loaded.program);
      if (bug === null) continue;
      named += 1;
      if (bug.name !== NAMES[name]) wrong.push(`${name}: ${bug.sentence}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(named).toBeGreaterThan(20);
});
