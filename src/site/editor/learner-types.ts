/** The module of hidden checks: authors import it, learners cannot. */
const AUTHORS_ONLY = /\/check\.d\.ts$/;

/** The editor's types without what a learner could not use. */
export function learnerTypes(types: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(types).filter(([path]) => !AUTHORS_ONLY.test(path)));
}
