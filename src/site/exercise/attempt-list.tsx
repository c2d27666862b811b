import { useState } from "preact/hooks";
import type { Attempt } from "./attempts.ts";
import type { ExerciseSession } from "./session.ts";

/** Earlier code, with what Check said about it: to look at, or to go on from. */
export function Attempts({ session }: { session: ExerciseSession }) {
  const [looked, setLooked] = useState<number | undefined>();
  const attempts = session.attempts.value;
  if (attempts.length === 0) return null;
  return (
    <details class="attempts">
      <summary>Your attempts ({attempts.length})</summary>
      <ol>
        {attempts.toReversed().map((attempt) => (
          <AttemptItem
            key={attempt.number}
            session={session}
            attempt={attempt}
            open={looked === attempt.number}
            onLook={() => setLooked(looked === attempt.number ? undefined : attempt.number)}
          />
        ))}
      </ol>
      <p class="soft">The last twenty are kept, in this browser.</p>
    </details>
  );
}

interface AttemptItemProps {
  readonly session: ExerciseSession;
  readonly attempt: Attempt;
  readonly open: boolean;
  readonly onLook: () => void;
}

function AttemptItem({ session, attempt, open, onLook }: AttemptItemProps) {
  const { number, verdict, passed, files } = attempt;
  const own = Object.entries(files).filter(([name, text]) => text !== session.facts.starter[name]);
  const busy = session.activity.value.kind !== "idle";
  return (
    <li class="attempt">
      <p>
        <span class={passed ? "attempt-good" : "attempt-bad"} aria-hidden="true">
          {passed ? "✓" : "✗"}
        </span>
        <strong>Attempt {number}</strong>
        <span class="attempt-verdict">{verdict}</span>
        <button
          type="button"
          class="link-button"
          aria-expanded={open}
          aria-label={`${open ? "Hide" : "Look at"} attempt ${number}`}
          onClick={onLook}
        >
          {open ? "Hide" : "Look"}
        </button>
        <button
          type="button"
          class="link-button"
          aria-label={`Restore attempt ${number}`}
          aria-disabled={busy}
          title={busy ? "Stop what is running first" : "Put this code into the editor; you can undo that"}
          onClick={() => !busy && session.takeAttempt(attempt)}
        >
          Restore
        </button>
      </p>
      {open && own.length === 0 && <p class="soft">This was the code the exercise starts with.</p>}
      {open &&
        own.map(([name, text]) => (
          <figure key={name}>
            <figcaption>{name}</figcaption>
            <pre tabIndex={0}>
              <code>{text}</code>
            </pre>
          </figure>
        ))}
    </li>
  );
}
