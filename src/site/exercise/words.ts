import type { Progress, Reply, Verdict } from "#worker";

type BugName = NonNullable<Verdict["checks"][number]["bug"]>["name"];

/** Virtual time for reading: `1,350 ms`, with at most three decimals. */
export function formatTime(ns: number): string {
  const ms = Math.round(ns / 1_000) / 1_000;
  return `${formatCount(ms)} ms`;
}

/** A number with its thousands grouped. */
export function formatCount(value: number): string {
  const [whole = "0", fraction] = String(value).split(".");
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** `1 run`, `2 runs`. */
export function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** One line about what is going on. */
export function describeProgress(progress: Progress): string {
  switch (progress.phase) {
    case "loading":
      return "Loading the simulated computer…";
    case "compiling":
      return "Compiling your code…";
    case "running":
      return "Running your program…";
    case "checking": {
      const { check, checks, title, runs, runsMax, failed } = progress;
      const soFar = failed === 0 ? "" : ` · ${failed} failed so far`;
      const part = runsMax === 0 ? "" : ` ${formatCount(runs)} of ${formatCount(runsMax)} schedules`;
      return `Checking ${check} of ${checks}: ${title}.${part}${soFar}`;
    }
  }
}

/** Where in a whole check a progress stands, 0 to 1; undefined where nobody can know. */
export function fractionOf(progress: Progress): number | undefined {
  return progress.phase === "checking" ? progress.share : undefined;
}

/** True on machines whose shortcuts use the command key. */
export function hasCommandKey(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.platform);
}

/** The verdict as one sentence. */
export function describeVerdict(verdict: Verdict): string {
  const { checks } = verdict;
  const passed = checks.filter((check) => check.status === "pass").length;
  if (verdict.status === "infra-error") return "This is our fault, not your code’s";
  if (verdict.status === "pass") return `All ${checks.length} checks pass`;
  const failed = checks.filter((check) => check.status === "fail").length;
  if (failed === 0) return `${passed} of ${checks.length} checks pass; the rest could not be decided`;
  return failed === 1 && passed === checks.length - 1
    ? `One check fails, the other ${passed} pass`
    : `${failed} of ${checks.length} checks fail`;
}

/** The names of mistakes, as people write them. */
const BUG_NAMES: Readonly<Record<BugName, string>> = {
  "lost-update": "lost update",
  "check-then-act": "check-then-act",
  "use-before-init": "use before init",
  "lost-wake-up": "lost wake-up",
  "wrong-waiter": "wrong waiter",
  "if-for-while": "if for while",
  "lock-order-inversion": "lock-order inversion",
  "wait-cycle": "wait cycle",
  "executor-blocked": "executor blocked",
  aba: "ABA",
  "sleep-as-synchronisation": "sleep as synchronisation",
  "dropped-message": "dropped message",
  spinning: "spinning",
  "stale-copy": "stale copy",
  leak: "leak",
};

/** The name of a mistake for reading: `lost-wake-up` is “lost wake-up”. */
export function describeBugName(name: BugName): string {
  return BUG_NAMES[name];
}

/** A result in one line, for those who hear the page. */
export function describeReply(reply: Reply): string {
  switch (reply.kind) {
    case "verdict":
      return `${describeVerdict(reply.graded.verdict)}. ${reply.graded.verdict.score} of ${plural(reply.graded.verdict.maxScore, "point")}.`;
    case "ran":
      return reply.run.outcome.kind === "passed" ? "It ran to its end." : reply.run.message;
    case "unfollowed":
      return reply.message;
    case "followed":
      return reply.report.sentences.join(" ");
    case "diagnostics":
      return `Your code does not start yet: ${plural(reply.diagnostics.length, "mistake")} to mend.`;
    case "stopped":
      return "Stopped.";
    case "overran":
      return "No verdict: a built-in ran too long to be interrupted.";
    case "studied":
      return ""; // nobody waits for it
    case "broken":
      return `This is our fault: ${reply.message}`;
  }
}
