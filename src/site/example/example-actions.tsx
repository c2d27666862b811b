import { useEffect, useRef } from "preact/hooks";
import type { ExerciseSession } from "../exercise/session.ts";

/** What a reader can do with an example. */
export type ExampleAction = "run" | "schedule" | "edit";

interface ExampleActionsProps {
  readonly session: ExerciseSession;
  readonly title: string;
  /** The button that was pressed first: the focus stays on it. */
  readonly first: ExampleAction;
  readonly onAct: (act: ExampleAction) => void;
}

/** What can be done with a live example: the same buttons at the same places, and one to end it. */
export function ExampleActions({ session, title, first, onAct }: ExampleActionsProps) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (first !== "edit") row.current?.querySelector<HTMLElement>(`[data-do=${first}]`)?.focus();
  }, []);
  const busy = session.activity.value.kind !== "idle";
  const isEditing = session.surface.value !== "static";
  const back = () => {
    session.reset();
    session.forgetReplaced();
    session.surface.value = "static";
    row.current?.querySelector<HTMLElement>("[data-do=run]")?.focus();
  };
  return (
    <div class="example-actions" ref={row}>
      <button
        type="button"
        class="button"
        data-do="run"
        aria-label={busy ? "Stop" : `Run ${title}`}
        onClick={() => (busy ? session.stop() : onAct("run"))}
      >
        {busy ? "Stop" : "Run"}
      </button>
      <button
        type="button"
        class="button"
        data-do="schedule"
        aria-label={`Another schedule for ${title}`}
        onClick={() => onAct("schedule")}
      >
        Another schedule
      </button>
      {isEditing ? (
        <button type="button" class="button" aria-label={`Undo all changes to ${title}`} onClick={back}>
          Undo all changes
        </button>
      ) : (
        <button type="button" class="button" aria-label={`Edit ${title}`} onClick={() => onAct("edit")}>
          Edit
        </button>
      )}
    </div>
  );
}
