const BASE = import.meta.env.BASE_URL.replace(/\/$/, "");

/** The address of a page or file of this site, given from the site's root; the site may live under a sub-path. */
export function href(path: string): string {
  return `${BASE}${path}`;
}

/** The address of a lesson, by its id `part/lesson`. */
export function lessonHref(id: string): string {
  return href(`/learn/${id}/`);
}

/** The address of an exercise on a page of its own. */
export function exerciseHref(slug: string): string {
  return href(`/exercise/${slug}/`);
}

/** The address of the API reference, or of a place below it: `std/sync/#Mutex`. */
export function referenceHref(address = ""): string {
  return href(`/reference/${address}`);
}

/** The address of what Check needs of an exercise: its hidden checks and its rules. */
export function checksHref(slug: string): string {
  return href(`/exercises/${slug}/checks.json`);
}

/** The address of an exercise's solution. */
export function solutionHref(slug: string): string {
  return href(`/exercises/${slug}/solution.json`);
}
