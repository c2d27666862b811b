import { useEffect } from "preact/hooks";
import type { FollowReport, Reply, Verdict } from "#worker";
import { CodeText } from "./code-text.tsx";
import type { EarlierAnswer, KeptFailure } from "./earlier-failures.ts";
import { Heading } from "./heading.tsx";
import { RunWalk } from "./run-walk.tsx";
import type { ExerciseSession } from "./session.ts";
import { describeReply } from "./words.ts";
import { sameFiles } from "./work.ts";

interface EarlierFailureViewProps {
  readonly session: ExerciseSession;
  readonly check: Verdict["checks"][number];
}

/** Offers the schedule on which the check failed before, to be tried on the code as it is now; nothing where there is none. */
export function EarlierFailureView({ session, check: { id, title, status } }: EarlierFailureViewProps) {
  const kept = session.earlier.offer(id, { failsNow: status === "fail" && !session.stale.value });
  if (kept === undefined) return null;
  const answer = session.earlier.answers.value[id];
  return (
    <div class="earlier">
      <p>
        <span class="soft">The schedule that failed at attempt {kept.attempt} is kept.</span>{" "}
        <TryButton session={session} kept={kept} />
      </p>
      {answer?.kept.schedule === kept.schedule && (
        <AnswerView session={session} answer={answer} title={title} />
      )}
    </div>
  );
}

function TryButton({ session, kept }: { readonly session: ExerciseSession; readonly kept: KeptFailure }) {
  const activity = session.activity.value;
  const isBusy = activity.kind !== "idle";
  const isTrying = activity.kind === "follow" && activity.check === kept.check;
  const says = "Follow the old schedule on your code as it is now";
  return (
    <button
      type="button"
      class="button"
      aria-disabled={isBusy}
      aria-description={isBusy ? "Stop what is running first" : says}
      title={isBusy ? "Stop what is running first" : says}
      onClick={() => !isBusy && session.follow(kept)}
    >
      {isTrying ? "Trying it…" : "Try it on this code"}
    </button>
  );
}

interface AnswerViewProps {
  readonly session: ExerciseSession;
  readonly answer: EarlierAnswer;
  readonly title: string;
}

function AnswerView({ session, answer: { reply, files }, title }: AnswerViewProps) {
  const isStale = !sameFiles(files, session.files.value);
  return (
    <div class="earlier-answer">
      {isStale && <p class="stale">You have changed your code since. Try it again.</p>}
      {reply.kind === "followed" ? (
        <ReportView session={session} report={reply.report} title={title} />
      ) : (
        <p>{describeNone(reply)}</p>
      )}
    </div>
  );
}

/** Why there is no report. */
function describeNone(reply: Reply): string {
  return reply.kind === "stopped" ? "You stopped it, so there is no answer." : describeReply(reply);
}

interface ReportViewProps {
  readonly session: ExerciseSession;
  readonly report: FollowReport;
  readonly title: string;
}

function ReportView({ session, report, title }: ReportViewProps) {
  const { sentences, message, run, parting, neighbour } = report;
  const at = run.steps.findIndex((step) => parting !== null && step.index >= parting);
  useEffect(() => session.show(run.steps.at(at)?.place, "step"), [report]);
  return (
    <>
      <p>
        <CodeText text={sentences.join(" ")} />
      </p>
      <Message text={message} />
      <Heading session={session} depth={2}>
        The old schedule on this code
      </Heading>
      <RunWalk
        session={session}
        run={run}
        label={`Steps of the old schedule on this code: ${title}`}
        {...(at >= 0 && { startAt: at })}
      />
      {neighbour !== null && (
        <>
          <Heading session={session} depth={2}>
            A schedule near it that fails
          </Heading>
          <Message text={neighbour.message} />
          <RunWalk session={session} run={neighbour.run} label={`Steps of a nearby schedule: ${title}`} />
        </>
      )}
    </>
  );
}

function Message({ text }: { readonly text: string }) {
  if (text === "") return null;
  return (
    <p class="message">
      <CodeText text={text} />
    </p>
  );
}
