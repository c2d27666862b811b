import { describeSteps, describeTimeline, type Timeline } from "#machine";
import { fifo, load } from "../engine.ts";

/** The recorded default run of a program, its steps, and its timeline: of all steps unless `keep` says which. */
export async function timelineOf(source: string, keep?: (index: number, count: number) => boolean) {
  const loaded = await load(source);
  const result = loaded.run({ entry: { kind: "main" }, chooser: fifo, record: true });
  const steps = describeSteps(result, loaded.program);
  const kept = keep === undefined ? steps : steps.filter((step) => keep(step.index, steps.length));
  return { result, steps, timeline: describeTimeline(result, loaded.program, kept) };
}

/** `running 0-1 | sleeping 1-2 (sleeps)`, a line for each lane. */
export function draw({ lanes, spans }: Timeline): string[] {
  return lanes.map(({ name }, lane) => {
    const own = spans.filter((span) => span.lane === lane);
    const words = own.map(
      ({ kind, from, to, text }) => `${kind} ${from}-${to}${text === "" ? "" : ` (${text})`}`,
    );
    return `${name}: ${words.join(" | ")}`;
  });
}

/** `message a@1 > b@2`: kind, and from which lane and column to which. */
export function arrows({ arrows: all, lanes }: Timeline): string[] {
  return all.map(
    ({ kind, fromLane, fromColumn, toLane, toColumn }) =>
      `${kind} ${lanes[fromLane]?.name}@${fromColumn} > ${lanes[toLane]?.name}@${toColumn}`,
  );
}
