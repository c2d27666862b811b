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
  const passed = outcome.kind === "passed";
  const ours = outcome.kind === "nondeterministic";
  return (
    <div class={passed ? "outcome" : ours ? "outcome outcome-fault" : "outcome outcome-bad"}>
      <Heading session={session} depth={1}>
        {passed
          ? "It ran to its end"
          : ours
            ? "This is our fault, not your code’s"
            : session.isExample
              ? "The program failed"
              : "Your program failed"}
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
