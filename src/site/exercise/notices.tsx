import type { ComponentChildren } from "preact";
import type { ExerciseSession } from "./session.ts";

/** What the learner should know about their saved work. */
export function Notices({ session }: { session: ExerciseSession }) {
  const older = session.older.value;
  return (
    <div class="notices">
      <div>
        {session.replaced.value !== undefined && (
          <Notice act="Undo" onAct={() => session.undoReset()} onDismiss={() => session.forgetReplaced()}>
            {session.replacedBy.value === undefined
              ? "Your code was reset."
              : `Attempt ${session.replacedBy.value} is in the editor again.`}
          </Notice>
        )}
        {older !== undefined && (
          <Notice
            act="Use it"
            onAct={() => session.takeOlder()}
            onDismiss={() => (session.older.value = undefined)}
          >
            This exercise has changed. Your work on its version {older.version} is kept.
          </Notice>
        )}
        {!session.keeps.value && (
          <p class="notice">
            This browser does not let us keep your code. Copy it before you leave this page.
          </p>
        )}
      </div>
    </div>
  );
}

interface NoticeProps {
  readonly act: string;
  readonly onAct: () => void;
  readonly onDismiss: () => void;
  readonly children: ComponentChildren;
}

function Notice({ act, onAct, onDismiss, children }: NoticeProps) {
  return (
    <p class="notice">
      <span>{children}</span>
      <button type="button" class="link-button" onClick={onAct}>
        {act}
      </button>
      <button type="button" class="notice-close" aria-label="Dismiss" onClick={onDismiss}>
        ✕
      </button>
    </p>
  );
}
