import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useMemo } from "preact/hooks";
import { Attempts } from "./attempt-list.tsx";
import { CodePane } from "./code-pane.tsx";
import { Notices } from "./notices.tsx";
import { Results } from "./results.tsx";
import { ExerciseSession, type ExerciseFacts } from "./session.ts";
import { Solution } from "./solution.tsx";
import { StatusLine } from "./status-line.tsx";
import { Toolbar } from "./toolbar.tsx";

export interface ExerciseProps extends ExerciseFacts {
  readonly title: string;
  /** Highlighted starter files, in one element each with `data-file`. */
  readonly children?: ComponentChildren;
  /** The exercise's own hints, and a way to its own page: static parts of the page. */
  readonly hints?: ComponentChildren;
  readonly link?: ComponentChildren;
}

/** The part of an exercise that moves: editor, buttons, results. */
export default function Exercise({ title, children, hints, link, ...facts }: ExerciseProps) {
  const session = useMemo(() => new ExerciseSession(facts), [facts.slug]);
  // Before anybody can press a button: it is the saved work that is run.
  useLayoutEffect(() => session.restore(), [session]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => pressKey(session, event);
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [session]);
  return (
    <div class="exercise" data-exercise={facts.slug}>
      <div class="workbench">
        <Toolbar session={session} />
        <CodePane session={session} title={title}>
          {children}
        </CodePane>
        <Notices session={session} />
        <StatusLine session={session} />
      </div>
      <Results session={session} />
      <div class="exercise-foot">
        {hints}
        <Attempts session={session} />
        <Solution session={session} />
        {link}
      </div>
    </div>
  );
}

/** Keys work inside an exercise, and from the page itself where nothing has the focus. */
function pressKey(session: ExerciseSession, event: KeyboardEvent): void {
  const target = event.target instanceof Element ? event.target : document.body;
  const own = target.closest("[data-exercise]");
  const first = document.querySelector("[data-exercise]");
  const here = own ?? (target === document.body ? first : null);
  if (here?.getAttribute("data-exercise") !== session.facts.slug || event.defaultPrevented) return;
  if (event.key === "Escape" && session.activity.value.kind !== "idle") {
    event.preventDefault();
    session.stop();
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    void (event.shiftKey ? session.check() : session.run());
  }
}
