import type { CheckBundle } from "#worker";

/** The checks of an exercise, fetched when they are wanted; undefined where they cannot be had. */
export async function fetchChecks(url: string): Promise<CheckBundle | undefined> {
  try {
    const response = await fetch(url);
    return response.ok ? ((await response.json()) as CheckBundle) : undefined;
  } catch {
    return undefined;
  }
}
