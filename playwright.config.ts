import { existsSync } from "node:fs";
import { defineConfig, devices } from "@playwright/test";

const port = Number(process.env["INTERLEAVE_TEST_PORT"] ?? 4391);
const systemChromium = "/usr/bin/chromium";

/** Browser tests against the built site (`npm run build` first). */
export default defineConfig({
  testDir: "tests/e2e",
  testMatch: "*.spec.ts",
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: "line",
  use: {
    baseURL: `http://localhost:${port}`,
    trace: "retain-on-failure",
    launchOptions: {
      // Chromium's own sandbox needs another user than root.
      chromiumSandbox: process.getuid?.() !== 0,
      ...(existsSync(systemChromium) ? { executablePath: systemChromium } : {}),
      args: [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "laptop", use: { ...devices["Desktop Chrome"] }, grepInvert: /@phone/ },
    // A test that makes sense on one screen only says so in its title: @laptop or @phone.
    { name: "phone", use: { ...devices["Pixel 7"] }, grepInvert: /@laptop/ },
  ],
  webServer: {
    command: `astro preview --ignore-lock --port ${port}`,
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
    timeout: 60_000,
    stdout: "ignore",
    stderr: "pipe",
  },
});
