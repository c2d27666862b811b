import type { Step } from "#machine";

/** Steps kept of a long run: its beginning, which says who is who, and its end, where it failed. */
const FIRST_STEPS = 50;
const LAST_STEPS = 150;

/** Characters kept of one step: a thread that spins does thousands of things between two switches. */
const TEXT_START = 200;
const TEXT_END = 80;

/** The steps as far as a person would read them; a step's `index` still counts all of them. */
export function shortenSteps(steps: readonly Step[]): Step[] {
  const kept =
    steps.length <= FIRST_STEPS + LAST_STEPS
      ? steps
      : [...steps.slice(0, FIRST_STEPS), ...steps.slice(-LAST_STEPS)];
  return kept.map((step) => ({ ...step, text: shortenText(step.text) }));
}

function shortenText(text: string): string {
  if (text.length <= TEXT_START + TEXT_END + 3) return text;
  return `${text.slice(0, TEXT_START)} … ${text.slice(-TEXT_END)}`;
}
