import type { RunReport } from "#worker";
import { CodeText } from "./code-text.tsx";
import { Heading } from "./heading.tsx";
import { PlaceLink } from "./place-link.tsx";
import { PrintedLines } from "./printed-lines.tsx";
import { RunWalk } from "./run-walk.tsx";
import type { ExerciseSession } from "./session.ts";
import { WarningList } from "./warning-list.tsx";
import { formatTime, plural } from "./words.ts";

/** One run of the program: how it ended, what it printed, and every step of it on request. */
export function RunView({ session, run }: { session: ExerciseSession; run: RunReport }) {
  const { outcome } = run;
  const { title, tone } = describeEnd(outcome.kind, session.isExample ? "The program" : "Your program");
  return (
    <div class={`outcome ${tone}`}>
      <Heading session={session} depth={1}>
        {title}
      </Heading>
      {run.message !== "" && (
        <p class="message">
          <CodeText text={run.message} />
        </p>
      )}
      {outcome.place && (
        <p>
          <PlaceLink session={session} place={outcome.place} />
        </p>
      )}
      <p class="soft">
        <Schedule session={session} />: {formatTime(run.endNs)} of virtual time,{" "}
        {plural(run.calls, "kernel call")}.
      </p>
      <WarningList session={session} warnings={run.warnings} />
      <PrintedLines lines={run.printed} />
      {run.steps.length > 0 && (
        <>
          <Heading session={session} depth={2}>
            Step by step
          </Heading>
          <RunWalk session={session} run={run} startAt={0} label="Steps of this run" />
        </>
      )}
    </div>
  );
}

function describeEnd(kind: RunReport["outcome"]["kind"], program: string): { title: string; tone: string } {
  switch (kind) {
    case "passed":
      return { title: "It ran to its end", tone: "" };
    case "inconclusive":
      return { title: `${program} did not come to an end`, tone: "outcome-warn" };
    case "nondeterministic":
      return { title: "This is our fault, not your code’s", tone: "outcome-fault" };
    default:
      return { title: `${program} failed`, tone: "outcome-bad" };
  }
}

function Schedule({ session }: { session: ExerciseSession }) {
  if (!session.isExample)
    return (
      <>
        One run of <code>demo.ts</code>
      </>
    );
  const seed = session.result.value?.seed;
  return <>{seed === undefined ? "One run under the default schedule" : `Random schedule ${seed}`}</>;
}
