import type { Recording } from "#build";

/** What happens on one side at an instant. */
export interface ClockEvent {
  readonly kind: "printed" | "ended";
  readonly actor: string;
  /** What it printed; "" where it ended. */
  readonly text: string;
}

/** One instant of two runs. */
export interface ClockRow {
  readonly timeNs: number;
  readonly left: readonly ClockEvent[];
  readonly right: readonly ClockEvent[];
}

type Side = Pick<Recording, "printed" | "ends">;

/** Every instant at which either run prints or a thread or task of it ends, in order. */
export function alignRuns(left: Side, right: Side): readonly ClockRow[] {
  const sides = [eventsOf(left), eventsOf(right)] as const;
  const times = [...new Set(sides.flatMap((side) => [...side.keys()]))].sort((a, b) => a - b);
  return times.map((timeNs) => ({
    timeNs,
    left: sides[0].get(timeNs) ?? [],
    right: sides[1].get(timeNs) ?? [],
  }));
}

/** By instant: first what is printed, then who ends. */
function eventsOf({ printed, ends }: Side): ReadonlyMap<number, readonly ClockEvent[]> {
  const events = new Map<number, ClockEvent[]>();
  const add = (timeNs: number, event: ClockEvent) =>
    events.set(timeNs, [...(events.get(timeNs) ?? []), event]);
  for (const { timeNs, actor, text } of printed) add(timeNs, { kind: "printed", actor, text });
  for (const { timeNs, name } of ends) add(timeNs, { kind: "ended", actor: name, text: "" });
  return events;
}
