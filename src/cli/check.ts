import { toCheckBundle } from "#course";
import { exitCodeOf, grade } from "#grade";
import { Arguments } from "./arguments.ts";
import type { Command } from "./command.ts";
import { describeVerdict } from "./describe-verdict.ts";
import { requireExercise } from "./exercises.ts";
import { readSubmission } from "./sources.ts";

/** `check <slug>`: grades a submission; without one, the starter as it is. */
export const check: Command = async (words, world) => {
  const args = new Arguments("check", words, {
    submission: "text",
    private: "flag",
    seed: "text",
    runs: "text",
    strategy: "text",
    workers: "text",
  });
  const [seed, runs, strategy] = [args.number("seed", 0), args.number("runs", 1), args.strategy()];
  const workers = args.workers();
  const exercise = await requireExercise(world.course, args.only("The exercise's slug"));
  const path = args.text("submission");
  const submission =
    path === undefined ? exercise.starter : await readSubmission(world.user, path, exercise.files);
  const result = await grade(
    await world.engine(workers),
    toCheckBundle(exercise, { withPrivate: args.flag("private") }),
    submission,
    {
      ...(seed !== undefined && { seed }),
      ...(runs !== undefined && { runs }),
      ...(strategy !== undefined && { strategy }),
    },
  );
  return { code: exitCodeOf(result.verdict.status), text: describeVerdict(result), json: result.verdict };
};
