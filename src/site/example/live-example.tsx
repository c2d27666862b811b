import { render } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { CodePane, markStatic } from "../exercise/code-pane.tsx";
import { ReplyView } from "../exercise/results.tsx";
import { ExerciseSession } from "../exercise/session.ts";
import { describeProgress, formatTime } from "../exercise/words.ts";
import { ExampleActions, type ExampleAction } from "./example-actions.tsx";
import { engine, runInTurn } from "./turns.ts";

const FILE = "main.ts";

/** Takes the place of an example that was drawn when the site was built, and does `act`. */
export function showExample(example: HTMLElement, act: ExampleAction): void {
  const body = example.querySelector<HTMLElement>(".example-body");
  const code = body?.querySelector(".example-code");
  if (!body || !code) return;
  const drawn = {
    html: code.innerHTML,
    text: code.querySelector("code")?.textContent ?? "",
    recorded: body.querySelector(".example-recorded")?.innerHTML ?? "",
    printed: body.querySelector(".example-recorded .output")?.textContent ?? "",
  };
  const facts = {
    slug: `example-${example.dataset["example"]}`,
    version: 1,
    starter: { [FILE]: drawn.text },
    checksUrl: "",
    solutionUrl: "",
    headingLevel: 0,
    entry: example.dataset["entry"] === "body" ? ("body" as const) : ("main" as const),
  };
  body.textContent = "";
  const title = example.dataset["title"] ?? "";
  render(<LiveExample facts={facts} drawn={drawn} title={title} first={act} />, body);
}

interface Drawn {
  /** The highlighted program. */
  readonly html: string;
  readonly text: string;
  /** What it printed and its timeline. */
  readonly recorded: string;
  readonly printed: string;
}

interface LiveExampleProps {
  readonly facts: ConstructorParameters<typeof ExerciseSession>[0];
  readonly drawn: Drawn;
  readonly title: string;
  readonly first: ExampleAction;
}

function LiveExample({ facts, drawn, title, first }: LiveExampleProps) {
  const session = useMemo(() => new ExerciseSession(facts, engine), [facts.slug]);
  const seed = useRef(0);
  const act = (what: ExampleAction) => {
    if (what === "edit") return session.openEditor({ focus: true });
    if (what === "schedule") seed.current += 1;
    void runInTurn(session, what === "schedule" ? seed.current : undefined);
  };
  useEffect(() => act(first), [session]);
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape" && session.activity.value.kind !== "idle") session.stop();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) act("run");
    else return;
    event.preventDefault();
  };
  return (
    <div class="example-live" onKeyDown={onKey}>
      <ExampleCode session={session} html={drawn.html} title={title} />
      <ExampleActions session={session} title={title} first={first} onAct={act} />
      <ExampleResult session={session} drawn={drawn} />
    </div>
  );
}

interface ExampleCodeProps {
  readonly session: ExerciseSession;
  readonly html: string;
  readonly title: string;
}

/** The program as it is on the page, until it is to be edited. */
function ExampleCode({ session, html, title }: ExampleCodeProps) {
  const box = useRef<HTMLDivElement>(null);
  const mark = session.mark.value;
  const isDrawn = session.surface.value === "static";
  useEffect(() => (box.current ? markStatic(box.current, mark) : undefined), [mark, isDrawn]);
  if (!isDrawn) {
    const lines = Math.max(6, session.facts.starter[FILE]?.split("\n").length ?? 0);
    return (
      <div class="example-editor" style={{ "--lines": lines }}>
        <CodePane session={session} title={title}>
          <div data-file={FILE} dangerouslySetInnerHTML={{ __html: html }} />
        </CodePane>
      </div>
    );
  }
  return (
    <div class="example-code" ref={box}>
      <div data-file={FILE} dangerouslySetInnerHTML={{ __html: html }} />
    </div>
  );
}

function ExampleResult({ session, drawn }: { session: ExerciseSession; drawn: Drawn }) {
  const result = session.result.value;
  const activity = session.activity.value;
  return (
    <div aria-busy={activity.kind !== "idle"}>
      <p class="example-status">
        {activity.kind !== "idle" && (activity.stopping ? "Stopping…" : describeProgress(activity.progress))}
      </p>
      <p class="hidden-visually" role="status">
        {session.announcement.value}
      </p>
      {result === undefined ? (
        !session.changed.value && <div dangerouslySetInnerHTML={{ __html: drawn.recorded }} />
      ) : (
        <div class="results" data-result={result.number}>
          {session.stale.value && <p class="stale">You have changed the program since. Run it again.</p>}
          <Compared session={session} printed={drawn.printed} />
          <ReplyView session={session} reply={result.reply} key={result.number} />
        </div>
      )}
    </div>
  );
}

/** Whether another schedule made a difference to what the unchanged program prints. */
function Compared({ session, printed }: { session: ExerciseSession; printed: string }) {
  const { reply, seed, files } = session.result.value ?? {};
  const unchanged = files?.[FILE] === session.facts.starter[FILE];
  if (reply?.kind !== "ran" || seed === undefined || !unchanged) return null;
  const lines = reply.run.printed.map(({ timeNs, actor, text }) => `${formatTime(timeNs)} ${actor} ${text}`);
  const plain = (text: string) => text.replaceAll(/\s+/g, " ").trim();
  return (
    <p class="compared">
      {plain(lines.join("\n")) === plain(printed)
        ? "It prints what it prints under the default schedule."
        : "It prints something else than under the default schedule."}
    </p>
  );
}
