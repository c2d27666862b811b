import { tallyPlaywright, tallyStage, tallyVitest } from "./tally.ts";
import type { Tally } from "./tally.ts";

export interface Stage {
  readonly name: string;
  readonly command: string;
  /** Stages whose result this one works on: it cannot run where one of them failed. */
  readonly needs: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Reads the report file that the command wrote; absent where the stage is one pass or fail. */
  readonly tally?: (report: string, exitCode: number) => Tally;
}

/** Everything `npm test` does after the setup, in order. Reports are written to `reportFile(name)`. */
export function stagesOf(reportFile: (name: string) => string): readonly Stage[] {
  return [
    { name: "assets", command: "npm run -s assets", needs: [] },
    { name: "format", command: "npm run -s format:check", needs: [] },
    { name: "lint", command: "npm run -s lint", needs: [] },
    { name: "typecheck", command: "npm run -s typecheck", needs: ["assets"] },
    { name: "site", command: "npm run -s site", needs: ["assets"] },
    {
      name: "unit",
      command: `vitest run --reporter=default --reporter=json --outputFile.json="${reportFile("unit")}"`,
      needs: ["assets"],
      tally: tallyVitest,
    },
    {
      name: "e2e",
      command: "playwright test --reporter=list,json",
      needs: ["site"],
      env: { PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile("e2e") },
      tally: tallyPlaywright,
    },
    { name: "verify", command: "npm run -s course -- verify", needs: ["assets"] },
  ];
}

/** The tally of a stage that has ended: from its report where it writes one, else from the exit code. */
export function tallyOf(stage: Stage, report: string | null, exitCode: number): Tally {
  if (stage.tally === undefined) return tallyStage(exitCode);
  if (report === null) return { passed: 0, failed: 1, note: "ended without a report" };
  return stage.tally(report, exitCode);
}
