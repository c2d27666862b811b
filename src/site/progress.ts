import { isRecord, readStored, stringsOf, writeStored } from "./browser-storage.ts";

/** What the learner has done, in this browser. */
export interface Progress {
  /** Slugs of exercises all of whose checks have passed once. */
  readonly exercises: readonly string[];
  /** Ids of lessons marked as read. */
  readonly lessons: readonly string[];
}

const KEY = "interleave:progress";
const CHANGED = "interleave:progress";

export function readProgress(): Progress {
  const value = readStored(KEY);
  if (!isRecord(value)) return { exercises: [], lessons: [] };
  return { exercises: stringsOf(value["exercises"]), lessons: stringsOf(value["lessons"]) };
}

/** Remembers that every check of an exercise has passed; it stays done. */
export function markExercise(slug: string): void {
  const progress = readProgress();
  if (!progress.exercises.includes(slug)) write({ ...progress, exercises: [...progress.exercises, slug] });
}

/** Remembers that a lesson was read, or forgets it. */
export function markLesson(id: string, read: boolean): void {
  const progress = readProgress();
  const others = progress.lessons.filter((one) => one !== id);
  write({ ...progress, lessons: read ? [...others, id] : others });
}

/** A lesson is done when its exercises are, or, without any, when it was marked as read. */
export function isLessonDone({ exercises, lessons }: Progress, id: string, own: readonly string[]): boolean {
  return lessons.includes(id) || (own.length > 0 && own.every((slug) => exercises.includes(slug)));
}

/** Calls back when progress changes, on this page or in another tab; returns how to end it. */
export function onProgress(listener: () => void): () => void {
  const onStorage = (event: StorageEvent) => {
    if (event.key === KEY) listener();
  };
  addEventListener(CHANGED, listener);
  addEventListener("storage", onStorage);
  return () => {
    removeEventListener(CHANGED, listener);
    removeEventListener("storage", onStorage);
  };
}

function write(progress: Progress): void {
  writeStored(KEY, progress);
  dispatchEvent(new Event(CHANGED));
}
