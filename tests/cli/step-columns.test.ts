import { describe, expect, it } from "vitest";
import type { Step } from "#machine";
import { describeStepColumns, STEPS_MAX } from "../../src/cli/step-columns.ts";

/** Steps of main (m), ann (a) and bob (b), in this order; a capital one was let in instead of another. */
function stepsOf(actors: string, at: Partial<Step> = {}): Step[] {
  const names: Readonly<Record<string, string>> = { m: "main", a: "ann", b: "bob" };
  return [...actors].map((letter, index) => {
    const lane = "mab".indexOf(letter.toLowerCase());
    const actor = names[letter.toLowerCase()] ?? "";
    const preempted = letter !== letter.toLowerCase();
    return {
      index,
      thread: lane,
      task: 0,
      actor,
      lane,
      timeNs: 0,
      text: `does ${index + 1}`,
      preempted,
      ...at,
    };
  });
}

const numbersOf = (lines: readonly string[]) =>
  lines.flatMap((line) => /does (\d+)/.exec(line)?.slice(1).map(Number) ?? []);

describe("the steps of a run as text", () => {
  it("have a column for each thread, and its name above", () => {
    const lines = describeStepColumns({ steps: stepsOf("maBm") });
    const [head = "", first = "", second = "", third = "", fourth = ""] = lines;
    expect(head.indexOf("main")).toBe(first.indexOf("does 1"));
    expect(head.indexOf("ann")).toBe(second.indexOf("does 2"));
    expect(head.indexOf("bob")).toBe(third.indexOf("does 3"));
    expect(fourth.indexOf("does 4")).toBe(first.indexOf("does 1"));
    expect(lines.map((line) => line[0])).toEqual([" ", " ", " ", ">", " "]);
  });

  it("have their columns in the order of the timeline, whoever comes first", () => {
    const [head = ""] = describeStepColumns({ steps: stepsOf("bam") });
    expect(head.trim().split(/\s+/)).toEqual(["main", "ann", "bob"]);
  });

  it("keep the names of columns apart, however long they are", () => {
    const steps = stepsOf("mab").map((step) => ({ ...step, actor: step.actor.padEnd(40, "-") }));
    expect(describeStepColumns({ steps })[0]?.trim().split(/\s+/)).toHaveLength(3);
  });

  it("say the time where it has changed", () => {
    const steps = stepsOf("mmm").map((step, i) => ({ ...step, timeNs: i === 2 ? 1_500_000 : 0 }));
    const rows = describeStepColumns({ steps }).slice(1);
    expect(rows.map((row) => /[\d.]+ ms/.exec(row)?.[0])).toEqual(["0 ms", undefined, "1.5 ms"]);
  });

  it("say where in the code, and what shows the mistake", () => {
    const steps = stepsOf("ma", { place: { file: "main.ts", line: 4, column: 7 } });
    const marks = [
      { step: 1, role: "read" },
      { step: 1, role: "wrote over it" },
    ];
    const [, plain, marked] = describeStepColumns({ steps, marks });
    expect(plain).toMatch(/does 1 \(main\.ts:4:7\)$/);
    expect(marked).toMatch(/does 2 \(main\.ts:4:7\) {2}<- read, wrote over it$/);
  });

  it("are a dozen at most: the last ones, where nothing else stands out", () => {
    const lines = describeStepColumns({ steps: stepsOf("m".repeat(30)) });
    expect(numbersOf(lines)).toEqual(Array.from({ length: STEPS_MAX }, (_, i) => 19 + i));
    expect(lines[1]).toMatch(/… {2}18 steps left out$/);
  });

  it("keep what shows the mistake, and the switches that nobody needed with what came before them", () => {
    const steps = stepsOf(`mmm${"a".repeat(9)}B${"m".repeat(40)}`);
    const lines = describeStepColumns({ steps, marks: [{ step: 1, role: "read" }] });
    const numbers = numbersOf(lines);
    expect(numbers).toHaveLength(STEPS_MAX);
    expect(numbers.slice(0, 3)).toEqual([2, 12, 13]);
    expect(numbers.at(-1)).toBe(53);
    expect(lines.filter((line) => line.includes("left out")).map((line) => line.trim())).toEqual([
      "…  1 step left out",
      "…  9 steps left out",
      "…  31 steps left out",
    ]);
  });

  it("keep the end of a run in which every other step shows the mistake", () => {
    const steps = stepsOf("ab".repeat(20));
    const marks = steps.slice(0, -1).map(({ index }) => ({ step: index, role: "read" }));
    expect(numbersOf(describeStepColumns({ steps, marks })).at(-1)).toBe(40);
  });

  it("are nothing for a run without any", () => {
    expect(describeStepColumns({ steps: [] })).toEqual([]);
  });
});
