import type { RunReport } from "#worker";
import { CodeText } from "./code-text.tsx";
import { Heading } from "./heading.tsx";
import { PlaceLink } from "./place-link.tsx";
import { PrintedLines } from "./printed-lines.tsx";
import type { ExerciseSession } from "./session.ts";
import { StepList } from "./step-list.tsx";
import { formatTime, plural } from "./words.ts";

/** One run of the demo: how it ended, what it printed, and every step of it on request. */
export function RunView({ session, run }: { session: ExerciseSession; run: RunReport }) {
  const { outcome } = run;
  const passed = outcome.kind === "passed";
  return (
    <div class={passed ? "outcome" : "outcome outcome-bad"}>
      <Heading session={session} depth={1}>
        {passed ? "It ran to its end" : "It failed"}
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
        One run of <code>demo.ts</code>: {formatTime(run.endNs)} of virtual time,{" "}
        {plural(run.calls, "kernel call")}.
      </p>
      <PrintedLines lines={run.printed} />
      {run.steps.length > 0 && (
        <details>
          <summary>{plural(run.steps.length, "step")} of this run</summary>
          <StepList session={session} steps={run.steps} startAt={0} label="Steps of this run" />
        </details>
      )}
    </div>
  );
}
