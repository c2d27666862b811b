import { useEffect, useState } from "preact/hooks";
import type { ExerciseSession } from "./session.ts";
import { describeProgress, fractionOf, hasCommandKey } from "./words.ts";

/** One line under the code, always there: what is going on, else the keys. */
export function StatusLine({ session }: { session: ExerciseSession }) {
  const activity = session.activity.value;
  return (
    <div class="status-line">
      {activity.kind === "idle" ? (
        <Keys session={session} />
      ) : (
        <>
          <p class="status-text">{activity.stopping ? "Stopping…" : describeProgress(activity.progress)}</p>
          <progress aria-label="Progress" max={1} value={fractionOf(activity.progress)} />
        </>
      )}
      <p class="hidden-visually" role="status">
        {session.announcement.value}
      </p>
    </div>
  );
}

function Keys({ session }: { session: ExerciseSession }) {
  const surface = session.surface.value;
  // Known in the browser only; the page as served says Ctrl.
  const [isMac, setMac] = useState(false);
  useEffect(() => setMac(hasCommandKey()), []);
  return (
    <p class="status-text keys">
      {surface !== "plain" && (
        <>
          <span>
            <kbd>{isMac ? "⌘" : "Ctrl"}</kbd> <kbd>Enter</kbd> runs
          </span>
          <span>
            with <kbd>Shift</kbd> checks
          </span>
        </>
      )}
      {surface === "monaco" && (
        <span>
          <kbd>Ctrl</kbd> {isMac && <kbd>Shift</kbd>} <kbd>M</kbd>, then <kbd>Tab</kbd> leaves the editor
        </span>
      )}
      {surface === "plain" && (
        <button type="button" class="link-button" onClick={() => session.openEditor({ kind: "monaco" })}>
          Use the full editor
        </button>
      )}
    </p>
  );
}
