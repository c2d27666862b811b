import type { RunWarning } from "#worker";
import { CodeText } from "./code-text.tsx";
import { PlaceLink } from "./place-link.tsx";
import type { ExerciseSession } from "./session.ts";

interface WarningListProps {
  readonly session: ExerciseSession;
  readonly warnings: readonly RunWarning[];
}

/** What is no failure and should be known, with the lines it is about. */
export function WarningList({ session, warnings }: WarningListProps) {
  if (warnings.length === 0) return null;
  return (
    <ul class="warnings" aria-label="Warnings">
      {warnings.map(({ message, place }, i) => (
        <li key={i}>
          <strong>Warning:</strong> <CodeText text={message} />{" "}
          {place && <PlaceLink session={session} place={place} />}
        </li>
      ))}
    </ul>
  );
}
