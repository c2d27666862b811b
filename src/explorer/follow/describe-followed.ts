import type { Followed, FollowVerdict, Nearby } from "./follow.ts";

const VERDICTS: Readonly<Record<FollowVerdict, string>> = {
  passes: "The old schedule no longer fails.",
  open: "On this code the run of the old schedule is cut before its end, so nothing is decided.",
  fails: "The old schedule still fails.",
  "same-failure": "The old schedule fails as before.",
  "other-failure": "The old schedule fails, but in another way.",
};

const ALL_TAKEN = "Your code still comes to every switch of it, and goes on without failing.";

/** What came of a schedule on edited code, a sentence each. What the run ended in is not among them. */
export function describeFollowed({
  verdict,
  isExact,
  departures,
  parting,
  nearby,
}: Followed): readonly string[] {
  const sentences = [VERDICTS[verdict]];
  if (parting !== null && verdict !== "same-failure") sentences.push(parting.message);
  if (parting === null && verdict === "passes" && !isExact && departures > 0) sentences.push(ALL_TAKEN);
  if (nearby !== null) sentences.push(describeNearby(nearby));
  return sentences;
}

function describeNearby({ runs, failing }: Nearby): string {
  if (runs === 0) return "There is no schedule near it.";
  const schedules = `nearby schedule${runs === 1 ? "" : "s"}`;
  if (failing === 0)
    return runs === 1 ? `The one ${schedules} passes too.` : `None of ${runs} ${schedules} fails.`;
  return `${failing} of ${runs} ${schedules} still ${failing === 1 ? "fails" : "fail"}.`;
}
