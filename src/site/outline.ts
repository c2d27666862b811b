import { getCollection, type CollectionEntry } from "astro:content";

export type Lesson = CollectionEntry<"lessons">;

/** A part of the course with the lessons of it that exist, in reading order. */
export interface OutlinePart {
  readonly slug: string;
  readonly number: number;
  readonly title: string;
  readonly summary: string;
  readonly lessons: readonly OutlineLesson[];
  /** Of all its lessons together. */
  readonly minutes: number;
}

export interface OutlineLesson {
  readonly entry: Lesson;
  /** `2.3`: third lesson of part two, as the files are numbered. */
  readonly number: string;
  /** Slugs of the exercises in it. */
  readonly exercises: readonly string[];
}

/** What exists of the course, in reading order. */
export async function resolveOutline(): Promise<readonly OutlinePart[]> {
  const lessons = await getCollection("lessons");
  const parts = await getCollection("parts");
  const outline = parts.map((part) => {
    const number = Number(/(\d+)-[^/]*\/part\.json$/.exec(part.filePath ?? "")?.[1] ?? 0);
    const own = lessons
      .filter((entry) => entry.id.startsWith(`${part.id}/`))
      .map((entry) => ({ entry, file: entry.filePath ?? entry.id }))
      .sort((a, b) => (a.file < b.file ? -1 : 1))
      .map(({ entry, file }) => {
        return {
          entry,
          number: `${number}.${lessonNumber(file)}`,
          exercises: findExercises(entry.body ?? ""),
        };
      });
    const minutes = own.reduce((sum, { entry }) => sum + entry.data.minutes, 0);
    return { slug: part.id, number, ...part.data, lessons: own, minutes };
  });
  return outline.filter((part) => part.lessons.length > 0).sort((a, b) => a.number - b.number);
}

/** The exercises that a lesson's text holds. */
export function findExercises(text: string): readonly string[] {
  return [...text.matchAll(/<Exercise\s[^>]*?slug="([^"]+)"/g)].map(([, slug = ""]) => slug);
}

function lessonNumber(file: string): number {
  return Number(/(\d+)-[^/]*$/.exec(file)?.[1] ?? 0);
}

/** The lessons before and after one, across parts; absent at the ends. */
export function neighbours(
  outline: readonly OutlinePart[],
  id: string,
): { readonly previous?: OutlineLesson; readonly next?: OutlineLesson; readonly here?: OutlineLesson } {
  const all = outline.flatMap((part) => part.lessons);
  const at = all.findIndex((lesson) => lesson.entry.id === id);
  const [previous, here, next] = [all[at - 1], all[at], all[at + 1]];
  return { ...(previous && { previous }), ...(here && { here }), ...(next && { next }) };
}
