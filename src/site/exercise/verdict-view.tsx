import { useEffect } from "preact/hooks";
import type { CheckFailure, GradeResult, Verdict } from "#worker";
import { CodeText } from "./code-text.tsx";
import { Heading } from "./heading.tsx";
import { PlaceLink } from "./place-link.tsx";
import { PrintedLines } from "./printed-lines.tsx";
import type { ExerciseSession } from "./session.ts";
import { StepList } from "./step-list.tsx";
import { describeVerdict, plural } from "./words.ts";

type CheckVerdict = Verdict["checks"][number];
type CheckDetail = GradeResult["details"][number];

interface VerdictViewProps {
  readonly session: ExerciseSession;
  readonly graded: GradeResult;
}

/** The verdict in one sentence, then every check. The first failing one is open. */
export function VerdictView({ session, graded }: VerdictViewProps) {
  const { verdict, details, failures } = graded;
  const firstFailed = verdict.checks.find((check) => check.status !== "pass")?.id;
  const first = failures.find((failure) => failure.check === firstFailed);
  useEffect(() => session.show(first?.steps.at(-1)?.place ?? first?.outcome.place, "step"), [verdict]);
  return (
    <div
      class={verdict.status === "pass" ? "outcome outcome-good" : "outcome outcome-bad"}
      data-verdict-hash={verdict.verdictHash}
    >
      <Heading session={session} depth={1}>
        {describeVerdict(verdict)}
      </Heading>
      <p class="soft">
        {verdict.score} of {plural(verdict.maxScore, "point")}
      </p>
      <ul class="checks">
        {verdict.checks.map((check) => (
          <li key={check.id}>
            <CheckView
              session={session}
              check={check}
              detail={details.find((detail) => detail.id === check.id)}
              open={check.id === firstFailed}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}

const STATUS = {
  pass: { icon: "✓", name: "passes" },
  fail: { icon: "✗", name: "fails" },
  inconclusive: { icon: "?", name: "undecided" },
  error: { icon: "!", name: "our fault" },
} as const;

interface CheckViewProps {
  readonly session: ExerciseSession;
  readonly check: CheckVerdict;
  readonly detail: CheckDetail | undefined;
  readonly open: boolean;
}

function CheckView({ session, check, detail, open }: CheckViewProps) {
  const failure = detail?.failure;
  const status = STATUS[check.status];
  return (
    <details class={`check check-${check.status}`} open={open} data-check={check.id}>
      <summary>
        <span class="check-icon" aria-hidden="true">
          {status.icon}
        </span>
        <span class="check-title">{check.title}</span>
        <span class="check-status">
          {status.name}
          <span class="hidden-visually">
            , {check.points} of {plural(check.maxPoints, "point")}
          </span>
        </span>
      </summary>
      <div class="check-body">
        {check.message && (
          <p class="message">
            <CodeText text={check.message} />
          </p>
        )}
        {failure?.outcome.place && failure.outcome.place.file in session.facts.starter && (
          <p>
            <PlaceLink session={session} place={failure.outcome.place} />
          </p>
        )}
        {detail?.explain && (
          <p class="soft">
            <CodeText text={detail.explain} />
          </p>
        )}
        {check.hint && (
          <details class="hint">
            <summary>Show a hint</summary>
            <p>
              <CodeText text={check.hint} />
            </p>
          </details>
        )}
        {detail && <p class="soft proof">{detail.proof}</p>}
        {failure && <FailureView session={session} failure={failure} title={check.title} />}
        {check.schedule && (
          <p class="soft schedule">
            Schedule <code>{check.schedule}</code>
          </p>
        )}
      </div>
    </details>
  );
}

interface FailureViewProps {
  readonly session: ExerciseSession;
  readonly failure: CheckFailure;
  readonly title: string;
}

function FailureView({ session, failure, title }: FailureViewProps) {
  const { steps, printed } = failure;
  return (
    <>
      {steps.length > 0 && (
        <>
          <Heading session={session} depth={2}>
            The schedule that fails
          </Heading>
          <StepList session={session} steps={steps} label={`Steps of the failing schedule: ${title}`} />
        </>
      )}
      {printed.length > 0 && (
        <>
          <Heading session={session} depth={2}>
            It printed
          </Heading>
          <PrintedLines lines={printed} />
        </>
      )}
    </>
  );
}
