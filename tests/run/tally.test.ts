import { describe, expect, it } from "vitest";
import { stagesOf, tallyOf } from "./stages.ts";

const stages = stagesOf((name) => `/${name}.json`);

/** Checks what a stage's report and exit code come to, as `passed/failed note`. */
function check(name: string, report: unknown, exitCode: number, expected: string): void {
  const stage = stages.find((one) => one.name === name);
  if (stage === undefined) throw new Error(`no stage ${name}`);
  const { passed, failed, note } = tallyOf(stage, report === null ? null : JSON.stringify(report), exitCode);
  expect(`${passed}/${failed} ${note}`.trim()).toBe(expected);
}

const unit = (passed: number, failed: number, more: object = {}): object => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
  ...more,
});
const e2e = (expected: number, unexpected: number, more: object = {}, errors: unknown[] = []): object => ({
  errors,
  stats: { expected, unexpected, flaky: 0, skipped: 0, ...more },
});

describe("what npm test counts", () => {
  it("counts a stage without tests as one", () => {
    check("lint", null, 0, "1/0");
    check("lint", null, 1, "0/1");
  });

  it("counts the tests of vitest and of Playwright", () => {
    check("unit", unit(5, 0), 0, "5/0");
    check("unit", unit(5, 2), 1, "5/2");
    check("e2e", e2e(5, 0), 0, "5/0");
    check("e2e", e2e(5, 2), 1, "5/2");
  });

  it("fails where no test ran", () => {
    check("unit", unit(0, 0), 0, "0/1 no tests ran");
    check("e2e", e2e(0, 0), 0, "0/1 no tests ran");
  });

  it("fails where a test was skipped or passed only at the second try", () => {
    check("unit", unit(5, 0, { numPendingTests: 1 }), 0, "5/1 1 skipped");
    check("unit", unit(5, 0, { numTodoTests: 2 }), 0, "5/2 2 skipped");
    check("e2e", e2e(5, 0, { skipped: 1 }), 0, "5/1 1 skipped");
    check("e2e", e2e(5, 0, { flaky: 1 }), 0, "5/1");
  });

  it("fails where a file does not load, although its tests are not in the report", () => {
    check("unit", unit(5, 0, { testResults: [{ status: "failed", assertionResults: [] }] }), 1, "5/1");
    check("e2e", e2e(0, 0, {}, ["a server that does not start"]), 1, "0/1");
  });

  it("fails where the runner fails and every test passed, or no report was written", () => {
    check("unit", unit(5, 0), 1, "5/1 every test passed, but the exit code is 1");
    check("e2e", null, 1, "0/1 ended without a report");
    check("e2e", null, 0, "0/1 ended without a report");
  });

  it("lets every stage need only stages that come before it", () => {
    for (const [index, stage] of stages.entries()) {
      const earlier = stages.slice(0, index).map(({ name }) => name);
      expect(earlier).toEqual(expect.arrayContaining([...stage.needs]));
    }
  });
});
