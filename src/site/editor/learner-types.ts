/** The module of hidden checks: authors import it, learners cannot. */
const AUTHORS_ONLY = /\/check\.d\.ts$/;

/** How docstrings name the reference: an editor follows whole addresses only, and only the page knows its own. */
const REFERENCE = "](reference:";

/** The editor's types without what a learner could not use; links in docstrings lead to `reference`, a whole address. */
export function learnerTypes(
  types: Readonly<Record<string, string>>,
  reference: string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(types)
      .filter(([path]) => !AUTHORS_ONLY.test(path))
      .map(([path, text]) => [path, text.replaceAll(REFERENCE, `](${reference}`)]),
  );
}
