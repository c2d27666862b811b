import type { Progress, Reply } from "#worker";
import { DiagnosticList } from "./diagnostic-list.tsx";
import { Heading } from "./heading.tsx";
import { RunView } from "./run-view.tsx";
import type { ExerciseSession, Result } from "./session.ts";
import { plural } from "./words.ts";
import { VerdictView } from "./verdict-view.tsx";

/** What the last Run or Check came to. */
export function Results({ session }: { session: ExerciseSession }) {
  const result = session.result.value;
  const busy = session.activity.value.kind !== "idle";
  return (
    <section
      class="results"
      aria-label="Results"
      tabIndex={0}
      aria-busy={busy}
      data-result={result?.number ?? 0}
    >
      {result === undefined ? (
        <Invitation />
      ) : (
        <ResultView key={result.number} session={session} result={result} />
      )}
    </section>
  );
}

function Invitation() {
  return (
    <div class="invitation">
      <p>
        <strong>Run</strong> executes <code>demo.ts</code> once and shows what it prints.
      </p>
      <p>
        <strong>Check</strong> tries your code under hundreds of schedules. If one of them breaks it, you can
        walk through that one step by step.
      </p>
    </div>
  );
}

function ResultView({ session, result }: { session: ExerciseSession; result: Result }) {
  return (
    <>
      {session.stale.value && (
        <p class="stale">
          You have changed your code since. {result.of === "check" ? "Check" : "Run"} it again.
        </p>
      )}
      <ReplyView session={session} reply={result.reply} />
    </>
  );
}

/** What came back from the simulated computer. */
export function ReplyView({ session, reply }: { session: ExerciseSession; reply: Reply }) {
  switch (reply.kind) {
    case "verdict":
      return <VerdictView session={session} graded={reply.graded} />;
    case "ran":
      return <RunView session={session} run={reply.run} />;
    case "diagnostics":
      return <DiagnosticList session={session} diagnostics={reply.diagnostics} />;
    case "stopped":
      return (
        <div class="outcome">
          <Heading session={session} depth={1}>
            Stopped
          </Heading>
          <p>You stopped it, so there is no result.</p>
        </div>
      );
    case "overran":
      return <Overran session={session} during={reply.during} />;
    case "broken":
      return (
        <div class="outcome outcome-fault">
          <Heading session={session} depth={1}>
            This is our fault, not your code’s
          </Heading>
          <p>{reply.message}</p>
          <p>Your code is safe. Try again; if it happens again, reload the page.</p>
        </div>
      );
  }
}

/** What was under way when the simulated computer fell silent. */
function describeSilence(during: Progress): string {
  if (during.phase === "running") return "It happened while your program ran.";
  if (during.phase !== "checking") return "It happened before the first schedule had ended.";
  const { check, title, runs } = during;
  return `It was last heard of in check ${check}, “${title}”, after ${plural(runs, "schedule")}.`;
}

function Overran({ session, during }: { session: ExerciseSession; during: Progress }) {
  const heard = describeSilence(during);
  return (
    <div class="outcome outcome-warn">
      <Heading session={session} depth={1}>
        No verdict
      </Heading>
      <p>
        A built-in ran too long to be interrupted: a search in a huge text, for instance. We had to end the
        simulated computer, so your code has neither passed nor failed. {heard}
      </p>
      <p>Look in your code for one call that works on something very large.</p>
    </div>
  );
}
