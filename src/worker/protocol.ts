/**
 * Every message between the page and the engine's workers. Both sides are built together, so there is no version.
 * A job is one Run, one Check, one schedule followed or one study of a failing run. The worker does one at a time and answers
 * each with exactly one `done`; only a study that was told to stop may end behind the beginning of the next job.
 *
 * The engine's worker asks for a crew once a Check proves long. The page makes the other workers, because not every
 * browser's workers can, and lays a line from each to the engine's; what goes over that is `#explorer`'s business.
 */
import type { SourceFiles } from "#compile";
import type {
  CheckBundle,
  CheckFailure,
  EarlierFailure,
  FollowReport,
  GradeDiagnostic,
  GradeResult,
  LostRun,
  ShownRun,
  Studied,
  Verdict,
} from "#grade";
import type { EngineAssets, Outcome, PrintedLine, RunWarning, Step, Timeline } from "#machine";

export type {
  CheckBundle,
  CheckFailure,
  EarlierFailure,
  FollowReport,
  GradeDiagnostic,
  GradeResult,
  LostRun,
  Outcome,
  PrintedLine,
  RunWarning,
  ShownRun,
  SourceFiles,
  Step,
  Studied,
  Timeline,
  Verdict,
};

/** What the page sends. */
export type Request =
  | { readonly type: "warm" } // load and compile everything now: the learner is about to need it
  | {
      readonly type: "check";
      readonly job: number;
      readonly exercise: CheckBundle;
      readonly files: SourceFiles;
    }
  | { readonly type: "run"; readonly job: number; readonly files: SourceFiles; readonly how: RunHow }
  | {
      readonly type: "study"; // when was the failing run of this check lost?
      readonly job: number;
      readonly exercise: CheckBundle;
      readonly files: SourceFiles;
      readonly failure: Studied;
    }
  | {
      readonly type: "follow"; // does the schedule of an earlier failure still fail?
      readonly job: number;
      readonly exercise: CheckBundle;
      readonly files: SourceFiles;
      readonly earlier: EarlierFailure;
    }
  | { readonly type: "stop"; readonly job: number }
  | { readonly type: "mate"; readonly mate: number; readonly port: MessagePort } // another worker, by number
  | { readonly type: "lost"; readonly mate: number }; // it has ended

/** What the page sends another worker, once. */
export interface MateRequest {
  readonly assets: EngineAssets;
  /** The line to the engine's worker. */
  readonly port: MessagePort;
}

/** What one run executes, and under which schedule. */
export interface RunHow {
  /** The program: what stands in demo.ts, the function `main` of main.ts, or what stands in main.ts. */
  readonly entry: "demo" | "main" | "body";
  /** Which of the random schedules; the default one where it is absent. */
  readonly seed?: number;
}

/** What the engine's worker sends. `alive` says that it can still be reached; a busy worker without it is stuck. */
export type Report =
  | { readonly type: "crew"; readonly job: number; readonly assets: EngineAssets } // others may help, made of the same
  | { readonly type: "dismiss"; readonly job: number; readonly mate: number } // it cannot be stopped otherwise
  | { readonly type: "stuck"; readonly job: number; readonly check: number; readonly title: string } // so is another
  | { readonly type: "alive"; readonly job: number }
  | { readonly type: "progress"; readonly job: number; readonly progress: Progress }
  | { readonly type: "done"; readonly job: number; readonly reply: Reply };

export type Progress =
  | { readonly phase: "loading" }
  | { readonly phase: "compiling" }
  | { readonly phase: "running" }
  | {
      readonly phase: "checking";
      /** Counts from 1. */
      readonly check: number;
      readonly checks: number;
      readonly title: string;
      readonly runs: number;
      readonly runsMax: number;
      /** Checks that have failed so far. */
      readonly failed: number;
      /** How far all checks together are, from 0 to 1. */
      readonly share: number;
    };

/** How a job ended. The last two are made by the client, not by the worker. */
export type Reply =
  | { readonly kind: "verdict"; readonly graded: GradeResult }
  | { readonly kind: "ran"; readonly run: RunReport }
  | { readonly kind: "studied"; readonly lost: LostRun | null } // null where nothing can be said
  | { readonly kind: "followed"; readonly report: FollowReport }
  | { readonly kind: "unfollowed"; readonly message: string } // the schedule or its check is of another time
  | { readonly kind: "diagnostics"; readonly diagnostics: readonly GradeDiagnostic[] }
  | { readonly kind: "stopped" }
  | { readonly kind: "broken"; readonly message: string } // our fault
  | { readonly kind: "overran"; readonly during: Progress }; // a built-in kept the worker from answering

/** One run of a program. */
export interface RunReport extends ShownRun {
  readonly outcome: Outcome;
  /** How it ended, in words for the learner; "" where there is nothing to say. */
  readonly message: string;
  readonly calls: number;
  readonly endNs: number;
}
