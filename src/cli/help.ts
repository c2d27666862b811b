import type { Command } from "./command.ts";
import { UsageError } from "./usage-error.ts";
import { findNearNames } from "#course";

const USAGE: Readonly<Record<string, string>> = {
  check: `check <slug> [--submission FILE|DIR] [--private] [--seed N] [--runs N] [--strategy S] [--workers N]
    Grades a submission (the starter, where none is given) under many schedules.`,
  explore: `explore <file.ts> [--strategy S] [--runs N] [--preemptions N] [--depth N] [--seed N] [--clock idle|late] [--workers N] [--trace out.json]
    Runs the program's main() under many schedules until one fails. --preemptions is how far bounded goes, --depth
    belongs to pct. The pipeline tries timers on time first and then late, so that sleeping long enough is no way to
    wait; with --clock there is one of the two only.`,
  replay: `replay <file.ts> --schedule TEXT [--trace out.json]
  replay <slug> --check ID --submission FILE|DIR --schedule TEXT [--trace out.json]
    Runs one schedule again and shows its steps. Where the program was edited since, the schedule is followed by what
    the program does; where that passes, schedules near it are tried. A trace opens in Perfetto.`,
  verify: `verify [slug...] [--table] [--workers N]
    The author's gate: files, points, spelling, solution, starter and wrong answers of the exercises named;
    without a name, of all, and of the lessons their front matter, links and spelling. Each wrong answer must
    fail its check with every one of 20 seeds; with --table it meets all the others as well.`,
  help: `help [command]
    This text.`,
};

/** `help [command]` */
export const help: Command = (words) => {
  const [topic] = words.filter((word) => word !== "--json");
  if (topic === undefined)
    return Promise.resolve({ code: 0, text: describeUsage(), json: { commands: USAGE } });
  const usage = Object.hasOwn(USAGE, topic) ? USAGE[topic] : undefined;
  if (usage === undefined) throw unknownCommand(topic);
  return Promise.resolve({ code: 0, text: `  ${usage}`, json: { commands: { [topic]: usage } } });
};

export function describeUsage(): string {
  return [
    "npm run -s course -- <command> [--json]",
    "",
    ...Object.values(USAGE).map((usage) => `  ${usage}`),
    "",
    "Strategies: pipeline (unless told otherwise) is all of them: the default schedule (fifo), then in order those with",
    "  few preemptions (bounded) and, of small programs, all (exhaustive), then by chance random, uniform, pos, pct in turn.",
    "Workers: threads that search, one for each core unless told. The result is the same with any number.",
    "Exit codes: 0 yes, 1 no or undecided, 2 bad usage or ungradable, 3 our error.",
  ].join("\n");
}

/** The error for a command there is not, with the nearest that there are. */
export function unknownCommand(name: string): UsageError {
  const names = Object.keys(USAGE);
  const near = findNearNames(name, names, 1);
  const cure = near.length > 0 ? `did you mean \`${near[0]}\`?` : `there are ${names.join(", ")}.`;
  return new UsageError(`There is no command \`${name}\`; ${cure}`);
}
