/** What a stage comes to: how many tests (or, for a stage without tests, the stage itself) passed and failed. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** Why this counts as failed although no single test says so; "" where nothing is to be said. */
  readonly note: string;
}

/** A stage without tests of its own counts as one. */
export function tallyStage(exitCode: number): Tally {
  return exitCode === 0 ? { passed: 1, failed: 0, note: "" } : { passed: 0, failed: 1, note: "" };
}

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Numbers from a test runner's report and its exit code: none run, some skipped or an unexplained exit are failures. */
function tallyCounts(counts: Counts, exitCode: number): Tally {
  const failed = counts.failed + counts.skipped;
  if (counts.skipped > 0) return { passed: counts.passed, failed, note: `${counts.skipped} skipped` };
  if (counts.passed + failed === 0) return { passed: 0, failed: 1, note: "no tests ran" };
  if (exitCode !== 0 && failed === 0) {
    return { passed: counts.passed, failed: 1, note: `every test passed, but the exit code is ${exitCode}` };
  }
  return { passed: counts.passed, failed, note: "" };
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

/** A file that fails before its first test has no failed test to show: it counts as one. */
export function tallyVitest(reportText: string, exitCode: number): Tally {
  const report = JSON.parse(reportText) as VitestReport;
  const brokenFiles = report.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  ).length;
  return tallyCounts(
    {
      passed: report.numPassedTests,
      failed: report.numFailedTests + brokenFiles,
      skipped: report.numPendingTests + report.numTodoTests,
    },
    exitCode,
  );
}

interface PlaywrightReport {
  readonly errors: readonly unknown[];
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
}

/** Errors outside any test (a spec that does not load, a server that does not start) count as failures. */
export function tallyPlaywright(reportText: string, exitCode: number): Tally {
  const { stats, errors } = JSON.parse(reportText) as PlaywrightReport;
  return tallyCounts(
    {
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky + errors.length,
      skipped: stats.skipped,
    },
    exitCode,
  );
}
