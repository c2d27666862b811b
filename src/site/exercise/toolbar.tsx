import { useRef } from "preact/hooks";
import { describeWait } from "./activity.ts";
import type { ExerciseSession } from "./session.ts";

/** Tabs for the files, and what can be done with them. */
export function Toolbar({ session }: { session: ExerciseSession }) {
  return (
    <div class="toolbar">
      <Tabs session={session} />
      <Actions session={session} />
    </div>
  );
}

function Tabs({ session }: { session: ExerciseSession }) {
  const list = useRef<HTMLDivElement>(null);
  const names = Object.keys(session.facts.starter);
  const open = session.openFile.value;
  const move = (event: KeyboardEvent) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const next = (names.indexOf(open) + by + names.length) % names.length;
    session.openFile.value = names[next] ?? open;
    list.current?.querySelectorAll<HTMLElement>("[role=tab]")[next]?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label="Files" ref={list} onKeyDown={move}>
      {names.map((name) => (
        <button
          type="button"
          role="tab"
          key={name}
          id={`${session.facts.slug}-tab-${name}`}
          aria-controls={`${session.facts.slug}-code`}
          aria-selected={name === open}
          tabIndex={name === open ? 0 : -1}
          onClick={() => (session.openFile.value = name)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}

function Actions({ session }: { session: ExerciseSession }) {
  const activity = session.activity.value;
  const busy = activity.kind !== "idle";
  const waits = describeWait(activity);
  return (
    <div class="actions">
      {session.surface.value === "static" && (
        <Action name="Edit" act={() => session.openEditor({ focus: true })} says="Open the editor" />
      )}
      <Action
        name="Run"
        keys="Control+Enter"
        act={() => session.run()}
        says="Run demo.ts once"
        {...(busy && { why: waits })}
      />
      <Action
        name="Check"
        keys="Control+Shift+Enter"
        main
        act={() => session.check()}
        says="Try your code under hundreds of schedules"
        {...(busy && { why: waits })}
      />
      <Action
        name="Stop"
        keys="Escape"
        act={() => session.stop()}
        says="Stop"
        {...(!busy && { why: "Nothing is running" })}
      />
      <Action
        name="Reset"
        act={() => session.reset()}
        says="Go back to the code this exercise starts with"
        {...(busy
          ? { why: waits }
          : !session.changed.value && { why: "Nothing to reset: this is the code you were given" })}
      />
    </div>
  );
}

interface ActionProps {
  readonly name: string;
  readonly says: string;
  readonly act: () => void;
  readonly keys?: string;
  readonly main?: boolean;
  /** Why it cannot be used now; absent where it can. */
  readonly why?: string;
}

/** A button that stays reachable when it cannot be used, so that it can say why. */
function Action({ name, says, act, keys, main, why }: ActionProps) {
  return (
    <button
      type="button"
      class={main ? "button button-main" : "button"}
      title={why ?? (keys === undefined ? says : `${says} (${keys.replaceAll("+", " ")})`)}
      aria-disabled={why !== undefined}
      aria-description={why ?? says}
      {...(keys !== undefined && { "aria-keyshortcuts": keys })}
      onClick={() => why === undefined && act()}
    >
      {name}
    </button>
  );
}
