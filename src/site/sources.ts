/** Bibliographic facts of one article that the course is made from. */
export interface SourceFacts {
  readonly key: SourceKey;
  readonly title: string;
  readonly author?: string;
  /** ISO date. */
  readonly date?: string;
  readonly kind: "article" | "forum thread";
}

export const SOURCE_KEYS = ["A0", "A1", "A2", "A3", "A4"] as const;
export type SourceKey = (typeof SOURCE_KEYS)[number];

/** The five articles, by the key that lessons cite them with. */
export const SOURCES: Readonly<Record<SourceKey, SourceFacts>> = {
  A0: { key: "A0", title: "Do We Really Need Async?", kind: "article" },
  A1: {
    key: "A1",
    title: "Blog: “Avoid Async Rust at all costs”, comments from experts?",
    kind: "forum thread",
  },
  A2: { key: "A2", title: "The State of Async Rust: Runtimes", author: "Matthias Endler", kind: "article" },
  A3: {
    key: "A3",
    title: "Async Rust is about concurrency, not (just) performance",
    author: "Jakub Beránek",
    date: "2025-01-15",
    kind: "article",
  },
  A4: { key: "A4", title: "When to Use Async vs Threads in Rust", kind: "article" },
};

/** The facts of a source that lesson text names; throws where it names none. */
export function resolveSource(key: string): SourceFacts {
  const known = SOURCE_KEYS.find((one) => one === key);
  if (known === undefined) throw new Error(`There is no source ${key}: use one of ${SOURCE_KEYS.join(", ")}`);
  return SOURCES[known];
}

/** How running text names a source: the author's surname, or the title where nobody is named. */
export function shortName({ author, title }: SourceFacts): string {
  return author?.split(" ").at(-1) ?? `“${title.replaceAll(/[“”]/g, "")}”`;
}
