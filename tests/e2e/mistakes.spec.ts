import { expect, test } from "./test.ts";
import { answer, CHECKS } from "./exercise-page.ts";

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

test("an unknown import says what is allowed", async ({ exercise }) => {
  await exercise.open();
  await exercise.paste(`import fs from "fs";\n${answer("solution")}\nconsole.log(fs);\n`);
  await exercise.check();
  await expect(exercise.results).toContainText("std/thread");
  await expect(exercise.results).toContainText("std/sync");
  await expect(exercise.button("main.ts, line 1")).toBeVisible();
});

test("an endless loop is named as such while the page answers clicks", async ({ exercise, page }) => {
  await exercise.open();
  await exercise.paste(`${HEAD}export function withTimeout() {\n  for (;;) {}\n}\n`);
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
  await expect(exercise.results).toHaveAttribute("aria-busy", "false", { timeout: 50_000 });
  await expect(exercise.results).toContainText("Endless loop");
});

test("a panic shows its place", async ({ exercise }) => {
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

test("a built-in that cannot be interrupted ends in no verdict, and the next check works", async ({
  exercise,
}) => {
  await exercise.open();
  await exercise.paste(STUCK);
  await exercise.check();
  await expect(exercise.results).toContainText("No verdict");
  await expect(exercise.results).toContainText("A built-in ran too long to be interrupted");
  await exercise.paste(answer("solution"));
  await exercise.check();
  await expect(exercise.results).toContainText(`All ${CHECKS} checks pass`);
});

/** Presses Stop in the page and measures there how long it takes until the page says so. */
function stopIn(page: import("@playwright/test").Page): Promise<number> {
  return page.evaluate(() => {
    const results = document.querySelector(".results");
    const stop = [...document.querySelectorAll("button")].find((button) => button.textContent === "Stop");
    return new Promise<number>((resolve) => {
      const began = performance.now();
      new MutationObserver((_, observer) => {
        if (results?.getAttribute("aria-busy") !== "false") return;
        observer.disconnect();
        resolve(performance.now() - began);
      }).observe(document.body, { attributes: true, childList: true, subtree: true });
      stop?.click();
    });
  });
}

test("Stop ends a check within 200 ms", async ({ exercise, page }) => {
  await exercise.open();
  await exercise.paste(answer("solution"));
  await exercise.button("Check").click();
  await expect(page.getByText(new RegExp(`^Checking \\d+ of ${CHECKS}`))).toBeVisible();
  expect(await stopIn(page)).toBeLessThan(200);
  await expect(exercise.results).toContainText("Stopped");
});

test("Stop ends even a built-in that cannot be interrupted", async ({ exercise, page }) => {
  await exercise.open();
  await exercise.check();
  await exercise.paste(STUCK);
  await exercise.button("Check").click();
  await page.waitForTimeout(1_500);
  expect(await stopIn(page)).toBeLessThan(200);
  await expect(exercise.results).toContainText("Stopped");
});
