import type { Program } from "#compile";
import { createReplay, findBug, isScheduleOf, parseSchedule, type Parting, type Schedule } from "#explorer";
import { describeOutcome, openCheck } from "#grade";
import { findNearNames, toCheckBundle } from "#course";
import type { RunResult } from "#machine";
import { Arguments } from "./arguments.ts";
import type { Command, Report, World } from "./command.ts";
import { describeBug, toBugJson } from "./describe-run.ts";
import { requireExercise } from "./exercises.ts";
import {
  describeRecorded,
  exitCodeOfOutcome,
  readTracePath,
  reportDiagnostics,
  writeTrace,
} from "./explore.ts";
import { readProgram, readSubmission } from "./sources.ts";
import { UsageError } from "./usage-error.ts";

interface Replayed {
  readonly program: Program;
  readonly result: RunResult;
  readonly parting: Parting | undefined;
}

/** `replay <file.ts> --schedule TEXT` or `replay <slug> --check ID --submission PATH --schedule TEXT`: one run again. */
export const replay: Command = async (words, world) => {
  const kinds = {
    schedule: "text",
    trace: "text",
    check: "text",
    submission: "text",
    clock: "text",
  } as const;
  const args = new Arguments("replay", words, kinds);
  const target = args.only("The program's file or the exercise's slug");
  const schedule = parseSchedule(args.required("schedule", "the text that `check` or `explore` printed"));
  const trace = await readTracePath(world, args);
  const replayed = target.endsWith(".ts")
    ? await replayProgram(world, args, target, schedule)
    : await replayCheck(world, args, target, schedule);
  if ("diagnostics" in replayed) return reportDiagnostics(replayed.diagnostics);
  await writeTrace(world, trace, replayed.result);
  return toReport(schedule, replayed);
};

async function replayProgram(world: World, args: Arguments, path: string, schedule: Schedule) {
  for (const name of ["check", "submission"]) {
    if (args.text(name) !== undefined)
      throw new UsageError(`\`--${name}\` goes with an exercise, not with a file.`);
  }
  const rule = args.clockRule();
  const { files, start } = await readProgram(world.user, path);
  const engine = await world.engine();
  const compiled = await engine.compile({ files, entry: start, exports: { file: start, names: ["main"] } });
  if (!compiled.ok) return compiled;
  const loaded = engine.load(compiled.program);
  try {
    const { chooser, parting } = createReplay(schedule);
    const result = loaded.run({ entry: { kind: "main" }, ...rule, chooser, record: true });
    return { program: compiled.program, result, parting: parting(result) };
  } finally {
    loaded.dispose();
  }
}

async function replayCheck(world: World, args: Arguments, slug: string, schedule: Schedule) {
  if (args.text("clock") !== undefined)
    throw new UsageError("`--clock` goes with a file; a check has the clock that its author chose.");
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
    const { chooser, parting } = createReplay(schedule);
    const result = suite.loaded.run({ ...runOptions, chooser, record: true });
    return { program: suite.program, result, parting: parting(result) };
  } finally {
    dispose();
  }
}

function toReport(schedule: Schedule, { program, result, parting }: Replayed): Report {
  const { outcome, printed, warnings, traceHash, endNs } = result;
  const sameProgram = isScheduleOf(schedule, program.hash);
  const message = describeOutcome(outcome, program.hidden);
  const bug = findBug(result, program);
  const named = outcome.kind === "passed" ? [] : [describeBug(bug)];
  const notes = [
    ...(sameProgram
      ? []
      : [
          "This schedule was recorded with another version of the program; it is followed as far as it fits.",
        ]),
    ...(parting === undefined ? [] : [`${parting.message} From there on every choice is the default.`]),
  ];
  return {
    code: exitCodeOfOutcome(outcome.kind),
    text: [...notes, message, ...named, ...describeRecorded(program, result)].join("\n"),
    json: {
      outcome: outcome.kind,
      message,
      bug: toBugJson(bug),
      sameProgram,
      parts: parting ?? null,
      traceHash,
      endNs,
      threads: result.trace?.threads ?? [],
      printed,
      ...(warnings.length > 0 && { warnings }),
    },
  };
}
