import { formatProblem, loadExercise, type Exercise, type TextFiles } from "#course";
import { UsageError } from "./usage-error.ts";

/** An exercise by slug; a {@link UsageError} with its first problem where it cannot be read. */
export async function requireExercise(course: TextFiles, slug: string): Promise<Exercise> {
  const loaded = await loadExercise(course, slug);
  if (loaded.ok) return loaded.value;
  const [first] = loaded.problems;
  const text =
    first === undefined
      ? ""
      : first.file === `exercises/${slug}`
        ? `${first.message} ${first.remedy}`
        : formatProblem(first);
  const more = loaded.problems.length - 1;
  throw new UsageError(more > 0 ? `${text} (${more} more: see \`verify ${slug}\`.)` : text);
}
