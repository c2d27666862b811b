import { afterAll, expect, it } from "vitest";
import { FURTHER } from "./further.ts";
import { LOOKALIKES } from "./lookalikes.ts";
import { nameAtRandom, nameBug } from "./name-bug.ts";
import { OTHERS } from "./others.ts";
import { STANDSTILLS } from "./standstills.ts";
import { TRAPS } from "./traps.ts";
import { VALUES } from "./values.ts";

const PROGRAMS = [...VALUES, ...STANDSTILLS, ...OTHERS, ...FURTHER, ...TRAPS, ...LOOKALIKES];
const tally = { right: 0, wrong: 0, unnamed: 0 };

it.each(PROGRAMS)("$title: $bug", async (program) => {
  const { outcome, bug } = await nameBug(program);
  expect(outcome).not.toBe("passed");
  if (bug === null && program.bug !== null) tally.unnamed += 1;
  else if ((bug?.name ?? null) === program.bug) tally.right += 1;
  else tally.wrong += 1;
  expect({ outcome, name: bug?.name ?? null, sentence: bug?.sentence }).toMatchObject({ name: program.bug });
  for (const part of program.says ?? []) expect(bug?.sentence).toContain(part);
});

afterAll(() => console.log(`named right ${tally.right}, wrong ${tally.wrong}, not named ${tally.unnamed}`));

it("at least sixty failing programs, none with a wrong name", () => {
  expect(PROGRAMS.length).toBeGreaterThanOrEqual(60);
  expect(tally).toEqual({ right: PROGRAMS.length, wrong: 0, unnamed: 0 });
});

const SEEDS = 10;

it("under random schedules no failure gets a name that is not its own", async () => {
  const wrong: string[] = [];
  let named = 0;
  for (const program of PROGRAMS) {
    for (const bug of await nameAtRandom(program, SEEDS)) {
      if (bug === null) continue;
      named += 1;
      if (bug.name !== program.bug && bug.name !== program.also)
        wrong.push(`${program.title}: ${bug.sentence}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(named).toBeGreaterThan(200);
}, 60_000);
