import type { CompileInput, CompileResult, Program } from "#compile";
import type { Crew, Runnable } from "#explorer";

/** What is to be compiled; the engine knows its own library. */
export type EngineInput = Omit<CompileInput, "library">;

/** A program ready to run; dispose it when done. */
export interface LoadedRunnable extends Runnable {
  dispose(): void;
}

/** Compiler and machine together, as the command line and the browser's worker compose them. */
export interface Engine {
  compile(input: EngineInput): Promise<CompileResult>;
  load(program: Program): LoadedRunnable;
  /** Who may help with a search; the verdict is the same without. */
  readonly crew?: Crew;
}
