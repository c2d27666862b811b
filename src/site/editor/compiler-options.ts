/**
 * How the editor type-checks a learner's code. By number where TypeScript has an enumeration: the editor's own list of
 * names has not caught up with bundler resolution. `Iterator`'s helpers stay out of `lib`: `drop` means another thing here.
 */
export const COMPILER_OPTIONS = {
  target: 99, // ESNext
  module: 99, // ESNext
  moduleResolution: 100, // bundler
  lib: ["lib.es2024.d.ts", "lib.esnext.disposable.d.ts"],
  types: [],
  strict: true,
  noEmit: true,
  allowImportingTsExtensions: true,
  verbatimModuleSyntax: true,
};
