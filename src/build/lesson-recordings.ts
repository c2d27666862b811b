/**
 * Owns: executing every program of the lessons, and comparing with what the lessons say of it. Does not own: what a
 * lesson's text says (course), and showing any of it (site).
 */
import {
  checkComponents,
  findPrograms,
  findQuestions,
  formatProblem,
  listFigures,
  readLessons,
  readLessonTags,
  type Answer,
  type Claim,
  type ComponentName,
  type LessonQuestion,
  type LessonTag,
  type Problem,
  type TextFiles,
} from "#course";
import type { Engine } from "#grade";
import { formatPrinted, isTrueOf, printedAfterCut, type Recording } from "./recording.ts";
import { recordingId, RecordingError, recordProgram } from "./recording.ts";

/** Recordings by their names. A program that is known already is not executed again. */
export type Recordings = Map<string, Recording>;

/** Executes what every lesson shows; throws, with all of them, where something in a lesson is wrong. */
export async function recordLessons(engine: Engine, files: TextFiles, recordings: Recordings): Promise<void> {
  const figures = await listFigures(files);
  const problems: Problem[] = [];
  for (const { file, text } of await readLessons(files)) {
    const wrong = checkComponents(file, text, { figures });
    problems.push(...wrong);
    if (wrong.length > 0) continue;
    problems.push(...(await recordLesson(engine, file, readLessonTags(text).tags, recordings)));
  }
  if (problems.length > 0) throw new RecordingError(problems.map(formatProblem).join("\n"));
}

/** Executes what one lesson shows, and returns where it says something else of it than what is true. */
export async function recordLesson(
  engine: Engine,
  file: string,
  tags: readonly LessonTag[],
  recordings: Recordings,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const program of findPrograms(tags)) {
    const { code, after, claim } = program;
    try {
      const id = recordingId(code, after);
      const recording = recordings.get(id) ?? (await recordProgram(engine, code, { after }));
      recordings.set(id, recording);
      if (claim !== undefined && !isTrueOf(recording, claim)) {
        const message = `${nameOf(program)} says that it prints${describe(claim)}and it prints${describe(recording)}`;
        problems.push({ file, field: "", place: program.place, message, remedy: "Correct one of the two." });
      }
    } catch (error) {
      if (!(error instanceof RecordingError)) throw error;
      const message = `The program of ${nameOf(program)} ${error.message}.`;
      problems.push({ file, field: "", place: program.place, message, remedy: "Correct it." });
    }
  }
  if (problems.length > 0) return problems;
  return findQuestions(tags).flatMap((question) => checkQuestion(file, question, recordings));
}

/** True where an answer is the right one. */
export function isRight(
  answer: Answer,
  after: number | undefined,
  recordings: Pick<Recordings, "get">,
): boolean {
  if (answer.kind === "said") return answer.right;
  const recording = recordings.get(recordingId(answer.code, after));
  return recording !== undefined && isTrueOf(recording, answer.claim);
}

/** A question about programs has exactly one right answer. */
function checkQuestion(file: string, question: LessonQuestion, recordings: Recordings): Problem[] {
  const { answers, after, place } = question;
  const ran = answers.flatMap((answer) => (answer.kind === "run" ? [answer.code] : []));
  const right = answers.flatMap((answer, i) => (isRight(answer, after, recordings) ? [i + 1] : []));
  if (ran.length === 0 || right.length === 1) return [];
  const real = [...new Set(ran)].map((code) => describe(recordings.get(recordingId(code, after))));
  const problem = right.length === 0 ? "No answer" : `More than one answer (${right.join(", ")})`;
  const message = `${problem} of ${nameOf(question)} is what happens:${real.join("or, of the next program,")}`;
  return [{ file, field: "", place, message, remedy: "Let exactly one say so." }];
}

/** What is claimed, or what is true. */
function describe(what: Claim | Recording | undefined): string {
  if (what === undefined) return "";
  const [lines, ends] =
    "prints" in what ? [what.prints, what.ends] : [formatPrinted(printedAfterCut(what)), what.outcome];
  return quote([
    ...(lines.length === 0 ? ["(nothing)"] : lines),
    ...(ends === "passed" ? [] : [`and ends: "${ends}"`]),
  ]);
}

function nameOf({ component, title }: ComponentName): string {
  return title === "" ? `<${component}>` : `<${component}> “${title}”`;
}

/** Lines of a program, on lines of their own. */
function quote(lines: readonly string[]): string {
  return `\n${lines.map((line) => `  ${line}\n`).join("")}`;
}
