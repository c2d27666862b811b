import { createHash } from "node:crypto";
import type { Place } from "#abi";
import type { CompileResult, Program } from "#compile";
import type { CheckBundle, Engine, EngineInput, LoadedRunnable } from "#grade";
import type { CheckInfo, Outcome, RunOptions, RunResult } from "#machine";
import { ModelMachine, type Model } from "../explorer/model.ts";

/** A check of the fake: its info, and the model that its runs are. */
export interface FakeCheck extends Partial<CheckInfo> {
  readonly id: string;
  readonly model: Model;
  /** Where its failing runs fail. */
  readonly place?: Place;
}

export interface FakeSetup {
  readonly checks?: readonly FakeCheck[];
  readonly privateChecks?: readonly FakeCheck[];
  /** The outcome of loading, where it is not to pass. */
  readonly list?: Outcome;
  readonly compiles?: Extract<CompileResult, { ok: false }>;
}

/** An engine whose programs are models. The text of `checks.ts` decides which checks there are: "public" or "private". */
export class FakeEngine implements Engine {
  readonly inputs: EngineInput[] = [];
  readonly options: RunOptions[] = [];
  loaded = 0;
  readonly #setup: FakeSetup;

  constructor(setup: FakeSetup) {
    this.#setup = setup;
  }

  compile(input: EngineInput): Promise<CompileResult> {
    this.inputs.push(input);
    if (this.#setup.compiles !== undefined) return Promise.resolve(this.#setup.compiles);
    const code = JSON.stringify([input.files, input.hidden]);
    const hash = createHash("sha256").update(code).digest("hex");
    const hidden = Object.keys(input.hidden ?? {});
    const site = { file: "", line: 0, column: 0, name: "" };
    const program: Program = { code, hash, sites: [site], hidden, mappings: [], sources: [] };
    return Promise.resolve({ ok: true, program });
  }

  load(program: Program): LoadedRunnable {
    this.loaded += 1;
    const checks =
      (program.code.includes('"private"') ? this.#setup.privateChecks : this.#setup.checks) ?? [];
    return {
      run: (options) => this.#run(checks, options),
      dispose: () => {
        this.loaded -= 1;
      },
    };
  }

  #run(checks: readonly FakeCheck[], options: RunOptions): RunResult {
    this.options.push(options);
    const { entry } = options;
    if (entry.kind === "check") {
      const { model = { threads: [] }, place } = checks[entry.index] ?? {};
      const result = new ModelMachine(model).run(options);
      return place === undefined ? result : { ...result, outcome: { ...result.outcome, place } };
    }
    const result = new ModelMachine({ threads: [] }).run(options);
    if (entry.kind !== "list") return result;
    const infos = checks.map(({ model: _, place: __, ...info }, index) => ({
      index,
      title: info.id,
      rules: {},
      ...info,
    }));
    return { ...result, outcome: this.#setup.list ?? result.outcome, checks: infos };
  }
}

export const BUNDLE: CheckBundle = {
  slug: "counter",
  files: ["main.ts"],
  exports: ["count"],
  budget: { runs: 40, calls: 10_000 },
  points: { exact: 2, orderly: 1, secret: 5 },
  hintsFor: [
    { outcome: "deadlock", hint: "Somebody holds what somebody else wants." },
    { check: "exact", outcome: "check-failed", hint: "Two threads may read before either writes." },
  ],
  checks: "public",
};

export const SUBMISSION = { "main.ts": "export function count() {}" };
