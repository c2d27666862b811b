import type { Program } from "#compile";
import {
  describeFollowed,
  findBug,
  follow,
  isScheduleOf,
  parseSchedule,
  type Followed,
  type Nearby,
  type Runnable,
  type Schedule,
} from "#explorer";
import { describeOutcome, openCheck, showRun, studyRun, type CheckRunOptions, type LostRun } from "#grade";
import { findNearNames, toCheckBundle } from "#course";
import { Arguments } from "./arguments.ts";
import type { Command, Report, World } from "./command.ts";
import { describeBug, toBugJson } from "./describe-run.ts";
import { requireExercise } from "./exercises.ts";
import { describeShown, exitCodeOfOutcome, readTracePath, reportDiagnostics, writeTrace } from "./explore.ts";
import { describeLost, markLost, toLostJson } from "./lost-run.ts";
import { readProgram, readSubmission } from "./sources.ts";
import { UsageError } from "./usage-error.ts";

interface Replayed {
  readonly program: Program;
  readonly followed: Followed;
  /** When the run was lost; null where it passed, and where nothing can be said. */
  readonly lost: LostRun | null;
}

/** `replay <file.ts> --schedule TEXT` or `replay <slug> --check ID --submission PATH --schedule TEXT`: one run again. */
export const replay: Command = async (words, world) => {
  const kinds = {
    schedule: "text",
    trace: "text",
    check: "text",
    submission: "text",
  } as const;
  const args = new Arguments("replay", words, kinds);
  const target = args.only("The program's file or the exercise's slug");
  const schedule = parseSchedule(args.required("schedule", "the text that `check` or `explore` printed"));
  const trace = await readTracePath(world, args);
  const replayed = target.endsWith(".ts")
    ? await replayProgram(world, args, target, schedule)
    : await replayCheck(world, args, target, schedule);
  if ("diagnostics" in replayed) return reportDiagnostics(replayed.diagnostics);
  await writeTrace(world, trace, replayed.followed.result);
  return toReport(schedule, replayed);
};

async function replayProgram(world: World, args: Arguments, path: string, schedule: Schedule) {
  for (const name of ["check", "submission"]) {
    if (args.text(name) !== undefined)
      throw new UsageError(`\`--${name}\` goes with an exercise, not with a file.`);
  }
  const { files, start } = await readProgram(world.user, path);
  const engine = await world.engine();
  const compiled = await engine.compile({ files, entry: start, exports: { file: start, names: ["main"] } });
  if (!compiled.ok) return compiled;
  const loaded = engine.load(compiled.program);
  try {
    return followStudied(loaded, compiled.program, schedule, { entry: { kind: "main" } });
  } finally {
    loaded.dispose();
  }
}

async function replayCheck(world: World, args: Arguments, slug: string, schedule: Schedule) {
  const exercise = await requireExercise(world.course, slug);
  const id = args.required("check", "the id of the check that failed");
  const path = args.required("submission", "the file or folder that was checked");
  if (!Object.hasOwn(exercise.points, id)) {
    const near = findNearNames(id, Object.keys(exercise.points));
    const names = near.length > 0 ? near : Object.keys(exercise.points);
    throw new UsageError(
      `The exercise ${slug} has no check \`${id}\`; it has ${names.map((name) => `\`${name}\``).join(", ")}.`,
    );
  }
  const submission = await readSubmission(world.user, path, exercise.files);
  const opening = await openCheck(
    await world.engine(),
    toCheckBundle(exercise, { withPrivate: true }),
    submission,
    id,
  );
  if (opening.kind === "ungradable") return opening;
  if (opening.kind === "absent") throw new UsageError(`The exercise ${slug} runs no check \`${id}\`.`);
  const { suite, runOptions, dispose } = opening.check;
  try {
    return followStudied(suite.loaded, suite.program, schedule, runOptions);
  } finally {
    dispose();
  }
}

/** The schedule's run on this program, and when it was lost where it fails. */
function followStudied(
  runnable: Runnable,
  program: Program,
  schedule: Schedule,
  runOptions: CheckRunOptions,
): Replayed {
  const followed = follow(runnable, schedule, { runOptions, program });
  const options = { ...runOptions, rules: { ...runOptions.rules, clock: schedule.clock } };
  const lost = studyRun({ runnable, program, result: followed.result, runOptions: options });
  return { program, followed, lost };
}

function toReport(schedule: Schedule, { program, followed, lost }: Replayed): Report {
  const { result, isExact, parting, nearby } = followed;
  const { outcome, printed, warnings, traceHash, endNs } = result;
  const message = describeOutcome(outcome, program.hidden);
  const bug = findBug(result, program);
  const named = outcome.kind === "passed" ? [] : [describeBug(bug)];
  return {
    code: exitCodeOfOutcome(outcome.kind),
    text: [
      ...(isExact ? [] : describeFollowing(schedule, program, followed)),
      message,
      ...named,
      ...describeLost(lost),
      ...describeShown(markLost(showRun(result, program, bug), lost)),
    ].join("\n"),
    json: {
      outcome: outcome.kind,
      message,
      bug: toBugJson(bug),
      ...(outcome.kind !== "passed" && { lost: toLostJson(lost) }),
      sameProgram: isScheduleOf(schedule, program.hash),
      parts: parting && { choice: parting.choice, message: parting.message },
      nearby: nearby && toNearbyJson(nearby),
      traceHash,
      endNs,
      threads: result.trace?.threads ?? [],
      printed,
      ...(warnings.length > 0 && { warnings }),
    },
  };
}

function toNearbyJson({ runs, failing, first }: Nearby) {
  return { runs, failing, schedule: first?.schedule ?? null };
}

/** What is to be known of a run that is not the one that was recorded. */
function describeFollowing(schedule: Schedule, program: Program, followed: Followed): string[] {
  const of = isScheduleOf(schedule, program.hash) ? "another run" : "another version";
  const found = followed.nearby?.first;
  return [
    `This schedule was recorded with ${of} of the program; it is followed by what the program does.`,
    ...describeFollowed(followed),
    ...(found ? [`The first of them: ${found.schedule}`] : []),
  ];
}
