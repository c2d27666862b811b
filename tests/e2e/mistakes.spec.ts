import type { Page } from "@playwright/test";
import { expect, test } from "./test.ts";
import { answer, CHECKS, ENDLESS } from "./exercise-page.ts";

const HEAD = "export class StopSignal {}\n";

test("a syntax error has a place, and pressing it goes there", async ({ exercise, page, isMobile }) => {
  await exercise.open();
  await exercise.paste(`${HEAD}export function withTimeout() {\n  const = 1;\n}\n`);
  await exercise.check();
  await expect(exercise.results).toContainText("Your code does not start yet");
  await exercise.button("main.ts, line 3").click();
  if (isMobile) {
    const selected = () => exercise.field.evaluate((area: HTMLTextAreaElement) => area.selectionStart);
    expect(await selected()).toBe(HEAD.length + "export function withTimeout() {\n".length);
  } else {
    await expect(page.locator(".code-mark-mistake")).toBeVisible();
  }
});

test("an unknown import says what is allowed @laptop", async ({ exercise }) => {
  await exercise.open();
  await exercise.paste(`import fs from "fs";\n${answer("solution")}\nconsole.log(fs);\n`);
  await exercise.check();
  await expect(exercise.results).toContainText("std/thread");
  await expect(exercise.results).toContainText("std/sync");
  await expect(exercise.button("main.ts, line 1")).toBeVisible();
});

test("an endless loop is named as such while the page answers clicks @laptop", async ({ exercise, page }) => {
  // Every check runs the loop until its fuel is used up: seconds of work, and more on a busy machine.
  test.setTimeout(180_000);
  await exercise.open();
  await exercise.paste(ENDLESS);
  await exercise.button("Check").click();
  const toggle = page.getByRole("button", { name: /^Switch to the/ });
  const before = await toggle.getAttribute("aria-label");
  const took = await toggle.evaluate((button: HTMLButtonElement) => {
    const began = performance.now();
    button.click();
    return new Promise<number>((resolve) =>
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began))),
    );
  });
  expect(await toggle.getAttribute("aria-label")).not.toBe(before);
  expect(took).toBeLessThan(1_000);
  await expect(exercise.results).toHaveAttribute("aria-busy", "false", { timeout: 150_000 });
  await expect(exercise.results).toContainText("Endless loop");
});

test("a panic shows its place @laptop", async ({ exercise }) => {
  await exercise.open();
  await exercise.paste(`${HEAD}export function withTimeout() {\n  throw new RangeError("nobody home");\n}\n`);
  await exercise.run();
  await expect(exercise.results).toContainText("nobody home");
});

const STUCK = `${HEAD}export function withTimeout() {
  const hay = "a".repeat(4_000_000);
  for (let i = 0; i < 1_000_000; i += 1) hay.indexOf("a".repeat(2_000) + "b");
}
`;

test("a built-in that cannot be interrupted ends in no verdict, and the next check works @laptop", async ({
  exercise,
}) => {
  test.setTimeout(120_000);
  await exercise.open();
  await exercise.paste(STUCK);
  await exercise.check();
  await expect(exercise.results).toContainText("No verdict");
  await expect(exercise.results).toContainText("A built-in ran too long to be interrupted");
  await exercise.paste(answer("solution"));
  await exercise.check();
  await expect(exercise.results).toContainText(`All ${CHECKS} checks pass`);
});

/** The solution, but for one call in a thread that only the last check has. */
const STUCK_LATE = `import { current } from "std/thread";\n${answer("solution")}`.replace(
  /(export function withTimeout[^{]*\{\n)/,
  `$1  if (current().name === "caller b") {
    const hay = "a".repeat(4_000_000);
    for (let i = 0; i < 1_000_000; i += 1) hay.indexOf("a".repeat(2_000) + "b");
  }
`,
);

test("the same where other workers help, and it is one of them that cannot be interrupted @laptop", async ({
  exercise,
}) => {
  test.setTimeout(180_000);
  await exercise.page.addInitScript(() => {
    Object.defineProperty(navigator, "hardwareConcurrency", { get: () => 4 });
  });
  await exercise.open();
  await exercise.paste(answer("solution"));
  await exercise.check();
  await expect(exercise.results).toContainText(`All ${CHECKS} checks pass`);
  await exercise.paste(STUCK_LATE);
  await exercise.check();
  await expect(exercise.results).toContainText("A built-in ran too long to be interrupted");
  await expect(exercise.results).toContainText(`in check ${CHECKS},`);
  await exercise.paste(answer("solution"));
  await exercise.check();
  await expect(exercise.results).toContainText(`All ${CHECKS} checks pass`);
});

/**
 * Presses Check, and Stop as soon as a running check tells how far it is, or else after a second; all in the page,
 * because a check may be over before a test outside has looked. Returns how long it took from Stop to the result.
 */
function checkAndStop(page: Page): Promise<number> {
  return page.evaluate(() => {
    const button = (name: string) =>
      [...document.querySelectorAll("button")].find((one) => one.textContent === name);
    const isBusy = () => document.querySelector(".results")?.getAttribute("aria-busy") === "true";
    return new Promise<number>((resolve) => {
      let stoppedAt = Number.NaN;
      const stop = () => {
        if (!Number.isNaN(stoppedAt)) return;
        stoppedAt = performance.now();
        button("Stop")?.click();
      };
      new MutationObserver((_, observer) => {
        if (document.querySelector(".status-text")?.textContent.startsWith("Checking")) stop();
        if (Number.isNaN(stoppedAt) || isBusy()) return;
        observer.disconnect();
        resolve(performance.now() - stoppedAt);
      }).observe(document.body, { attributes: true, childList: true, characterData: true, subtree: true });
      setTimeout(stop, 1_000);
      button("Check")?.click();
    });
  });
}

test("Stop ends a check within 200 ms @laptop", async ({ exercise, page }) => {
  await exercise.open();
  await exercise.check();
  await exercise.paste(answer("solution"));
  expect(await checkAndStop(page)).toBeLessThan(200);
  await expect(exercise.results).toContainText("Stopped");
});

test("Stop ends even a built-in that cannot be interrupted @laptop", async ({ exercise, page }) => {
  await exercise.open();
  await exercise.check();
  await exercise.paste(STUCK);
  expect(await checkAndStop(page)).toBeLessThan(200);
  await expect(exercise.results).toContainText("Stopped");
});
