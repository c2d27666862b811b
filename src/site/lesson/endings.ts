import type { Outcome } from "#worker";

const ENDINGS: Readonly<Partial<Record<Outcome["kind"], string>>> = {
  panic: "It panics.",
  deadlock: "Its threads wait for each other, for ever.",
  stuck: "It waits for something that never happens.",
  leak: "A thread or a task is left behind.",
  starved: "One task keeps all others from running.",
  "out-of-fuel": "It never ends: it spins.",
  misuse: "It is stopped: Rust would not compile it.",
};

/** How a program is said to end, for an answer that shows only what it prints; "" where it runs to its end. */
export function ending(kind: Outcome["kind"] = "passed"): string {
  return kind === "passed" ? "" : (ENDINGS[kind] ?? `It ends otherwise: ${kind}.`);
}
