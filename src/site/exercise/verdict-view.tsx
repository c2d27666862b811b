import { useEffect, useState } from "preact/hooks";
import type { CheckFailure, GradeResult, ShownRun, Verdict } from "#worker";
import { openCheckHint, readOpenedHints } from "../opened-hints.ts";
import { CodeText } from "./code-text.tsx";
import { EarlierFailureView } from "./earlier-failure.tsx";
import { Heading } from "./heading.tsx";
import { LostSentence, useLost } from "./lost-view.tsx";
import { PlaceLink } from "./place-link.tsx";
import { PrintedLines } from "./printed-lines.tsx";
import { RunWalk } from "./run-walk.tsx";
import type { ExerciseSession } from "./session.ts";
import { WarningList } from "./warning-list.tsx";
import { describeBugName, describeVerdict, plural } from "./words.ts";

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
    <div class={`outcome ${OUTCOME_CLASS[verdict.status]}`} data-verdict-hash={verdict.verdictHash}>
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

const OUTCOME_CLASS: Readonly<Record<Verdict["status"], string>> = {
  pass: "outcome-good",
  fail: "outcome-bad",
  ungradable: "outcome-bad",
  "infra-error": "outcome-fault",
};

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
  const [shown, setShown] = useState(open);
  return (
    <details
      class={`check check-${check.status}`}
      open={open}
      data-check={check.id}
      onToggle={(event) => setShown(event.currentTarget.open)}
    >
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
        {check.bug && (
          <p class="bug">
            <span class="tag">{describeBugName(check.bug.name)}</span> <CodeText text={check.bug.sentence} />
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
        {check.status === "error" && (
          <p>This check could not be decided, and that is our fault. It says nothing about your code.</p>
        )}
        {check.hint && <CheckHint session={session} check={check.id} hint={check.hint} />}
        {detail && <p class="soft proof">{detail.proof}</p>}
        {shown && <EarlierFailureView session={session} check={check} />}
        {shown && failure && (
          <ShownRunView session={session} run={failure} title={check.title} failure={failure} />
        )}
        {shown && detail?.passing && (
          <ShownRunView session={session} run={detail.passing} title={check.title} />
        )}
        {check.schedule && (
          <p class="soft schedule">
            Schedule <code>{check.schedule}</code>
          </p>
        )}
      </div>
    </details>
  );
}

interface CheckHintProps {
  readonly session: ExerciseSession;
  readonly check: string;
  readonly hint: string;
}

/** The hint for one failing check, on request; once opened it stays open for later verdicts. */
function CheckHint({ session, check, hint }: CheckHintProps) {
  const { slug, version } = session.facts;
  const [opened] = useState(() => readOpenedHints(slug, version).checks.includes(check));
  return (
    <details
      class="hint"
      open={opened}
      onToggle={(event) => event.currentTarget.open && openCheckHint(slug, version, check)}
    >
      <summary>Show a hint</summary>
      <p>
        <CodeText text={hint} />
      </p>
    </details>
  );
}

interface ShownRunViewProps {
  readonly session: ExerciseSession;
  readonly run: ShownRun;
  readonly title: string;
  /** Where it is a run that fails. */
  readonly failure?: CheckFailure;
}

function ShownRunView({ session, run, title, failure }: ShownRunViewProps) {
  const { steps, printed, warnings } = run;
  const failed = failure !== undefined;
  const lost = useLost(session, failure);
  return (
    <>
      <WarningList session={session} warnings={warnings} />
      {steps.length > 0 && (
        <>
          <Heading session={session} depth={2}>
            {failed ? "The schedule that fails" : "The default schedule"}
          </Heading>
          {lost && <LostSentence lost={lost} />}
          <RunWalk
            session={session}
            run={run}
            lost={lost}
            label={`Steps of the ${failed ? "failing" : "default"} schedule: ${title}`}
            {...(!failed && { startAt: 0 })}
          />
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
