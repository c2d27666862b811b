/**
 * The learner's work in this browser: one record an exercise and version, written at every change. A reset keeps
 * what it replaced until the learner edits again, so nothing is ever lost by one click.
 */
export type Files = Readonly<Record<string, string>>;

export interface Work {
  /** What the learner has now; absent where it is the starter. */
  readonly files?: Files;
  /** What the last reset, or the last attempt that was taken up again, replaced. */
  readonly replaced?: Files;
  /** The number of that attempt; absent for a reset. */
  readonly replacedBy?: number;
}

const key = (slug: string, version: number) => `interleave:work:${slug}:v${version}`;

/** Reads one exercise's work; empty where there is none or storage is blocked. */
export function readWork(slug: string, version: number): Work {
  return parseWork(storage()?.getItem(key(slug, version)) ?? null);
}

/** Writes one exercise's work; false where the browser did not take it. */
export function writeWork(slug: string, version: number, work: Work): boolean {
  const store = storage();
  if (store === undefined) return false;
  try {
    if (work.files === undefined && work.replaced === undefined) store.removeItem(key(slug, version));
    else store.setItem(key(slug, version), JSON.stringify(work));
    return true;
  } catch {
    return false;
  }
}

/** Calls back when another tab has written this exercise's work; returns how to end it. */
export function onWorkElsewhere(slug: string, version: number, listener: (work: Work) => void): () => void {
  const onStorage = (event: StorageEvent) => {
    if (event.key === key(slug, version)) listener(parseWork(event.newValue));
  };
  addEventListener("storage", onStorage);
  return () => removeEventListener("storage", onStorage);
}

/** The newest work under another version of the exercise. */
export function findOlderWork(slug: string, version: number): { version: number; files: Files } | undefined {
  const store = storage();
  if (store === undefined) return undefined;
  const prefix = `interleave:work:${slug}:v`;
  const versions = Object.keys(store)
    .filter((name) => name.startsWith(prefix))
    .map((name) => Number(name.slice(prefix.length)))
    .filter((other) => Number.isInteger(other) && other !== version)
    .sort((a, b) => b - a);
  for (const other of versions) {
    const { files } = readWork(slug, other);
    if (files !== undefined) return { version: other, files };
  }
  return undefined;
}

function storage(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

function parseWork(text: string | null): Work {
  if (text === null) return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return {};
    const { files, replaced, replacedBy } = value as Record<string, unknown>;
    return {
      ...(isFiles(files) && { files }),
      ...(isFiles(replaced) && { replaced }),
      ...(typeof replacedBy === "number" && { replacedBy }),
    };
  } catch {
    return {};
  }
}

/** True for a record of texts by file name. */
export function isFiles(value: unknown): value is Files {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.values(value).every((text) => typeof text === "string")
  );
}

/** True where both hold the same files with the same texts. */
export function sameFiles(a: Files, b: Files): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
