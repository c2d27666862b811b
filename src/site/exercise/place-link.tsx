import type { ExerciseSession } from "./session.ts";

interface PlaceLinkProps {
  readonly session: ExerciseSession;
  readonly place: { readonly file: string; readonly line: number; readonly column: number };
}

/** A position in the learner's code; pressing it goes there. */
export function PlaceLink({ session, place }: PlaceLinkProps) {
  const text = `${place.file}, line ${place.line}`;
  if (!(place.file in session.facts.starter)) return <span>{text}</span>;
  return (
    <button type="button" class="link-button place" onClick={() => session.show(place, "mistake")}>
      {text}
    </button>
  );
}
