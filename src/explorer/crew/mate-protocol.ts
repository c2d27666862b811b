/** Every message between a search and a mate in another worker. Both sides are built together, so there is no version. */
import type { Program } from "#compile";
import type { ResolvedSearch } from "../options.ts";
import type { Part, RunRecord } from "../part.ts";

/** What the search sends. Programs and parts are told by numbers, counted up. */
export type MateOrder =
  | { readonly type: "load"; readonly program: number; readonly code: Program }
  | { readonly type: "drop"; readonly program: number }
  | {
      readonly type: "run";
      readonly id: number;
      readonly program: number;
      readonly options: ResolvedSearch;
      readonly part: Part;
    }
  | { readonly type: "cancel"; readonly id: number };

/** What the mate sends. Each `run` is answered with exactly one `done` or `failed`, behind its records. */
export type MateReport =
  | { readonly type: "ready" }
  | { readonly type: "records"; readonly id: number; readonly records: readonly RunRecord[] }
  | { readonly type: "done"; readonly id: number }
  | { readonly type: "failed"; readonly id: number; readonly message: string };
