import { useEffect } from "preact/hooks";
import type { GradeDiagnostic } from "#worker";
import { CodeText } from "./code-text.tsx";
import { Heading } from "./heading.tsx";
import { PlaceLink } from "./place-link.tsx";
import type { ExerciseSession } from "./session.ts";
import { plural } from "./words.ts";

const KIND_NAMES: Readonly<Record<GradeDiagnostic["kind"], string>> = {
  syntax: "Syntax",
  import: "Import",
  export: "Export",
  unsupported: "Not available here",
  input: "Files",
  load: "Start",
};

interface DiagnosticListProps {
  readonly session: ExerciseSession;
  readonly diagnostics: readonly GradeDiagnostic[];
}

/** Why the code could not be started, with places to go to. */
export function DiagnosticList({ session, diagnostics }: DiagnosticListProps) {
  const first = diagnostics.find((diagnostic) => diagnostic.place)?.place;
  useEffect(() => session.show(first, "mistake"), [diagnostics]);
  if (diagnostics.length > 0 && diagnostics.every((one) => isOurs(session, one)))
    return <OurMistake session={session} diagnostics={diagnostics} />;
  return (
    <div class="outcome outcome-bad">
      <Heading session={session} depth={1}>
        Your code does not start yet
      </Heading>
      <p class="soft">{plural(diagnostics.length, "mistake")} to mend first. Nothing was run.</p>
      <ul class="diagnostics">
        {diagnostics.map((diagnostic, i) => (
          <li key={i}>
            <p>
              <span class="tag">{KIND_NAMES[diagnostic.kind]}</span>{" "}
              {diagnostic.place && <PlaceLink session={session} place={diagnostic.place} />}
            </p>
            <p class="message">
              <CodeText text={diagnostic.message} />
            </p>
            {diagnostic.hint && (
              <p class="soft">
                <CodeText text={diagnostic.hint} />
              </p>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A mistake in a file that the learner neither wrote nor sees. */
function isOurs(session: ExerciseSession, { place }: GradeDiagnostic): boolean {
  return place !== undefined && !(place.file in session.facts.starter);
}

function OurMistake({ session, diagnostics }: DiagnosticListProps) {
  return (
    <div class="outcome outcome-fault">
      <Heading session={session} depth={1}>
        This is our fault, not your code’s
      </Heading>
      <p>The checks of this exercise do not start, so nothing was checked. Your code is safe.</p>
      {diagnostics.map((diagnostic, i) => (
        <p class="message soft" key={i}>
          <CodeText text={diagnostic.message} />
        </p>
      ))}
    </div>
  );
}
