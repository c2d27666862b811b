import type { ComponentChildren } from "preact";
import type { ExerciseSession } from "./session.ts";

interface HeadingProps {
  readonly session: ExerciseSession;
  /** How far below the exercise's own heading. */
  readonly depth: 1 | 2;
  readonly children: ComponentChildren;
}

/** A heading of the results, at the level that fits the page it is on; a plain line where they have none. */
export function Heading({ session, depth, children }: HeadingProps) {
  const { headingLevel } = session.facts;
  const Level = headingLevel === 0 ? "p" : (`h${headingLevel + depth}` as "h3");
  return <Level class={depth === 1 ? "result-heading" : "result-subheading"}>{children}</Level>;
}
