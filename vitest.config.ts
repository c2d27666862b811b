import { defineConfig } from "vitest/config";

/** Unit tests: plain Node, at most two workers. Browser tests are Playwright's (tests/e2e). */
export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    exclude: ["tests/e2e/**"],
    environment: "node",
    pool: "forks",
    maxWorkers: 2,
    // Files of one worker share the engine that tests/engine.ts makes: that halves the time of the whole.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 120_000,
    allowOnly: false,
    passWithNoTests: false,
    restoreMocks: true,
  },
});
