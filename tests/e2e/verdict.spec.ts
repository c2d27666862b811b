import { expect, test } from "./test.ts";
import { answer, CHECKS, POINTS } from "./exercise-page.ts";

const total = Object.values(POINTS).reduce((sum, points) => sum + points, 0);

test("the solution, pasted in, passes every check @laptop", async ({ exercise }) => {
  await exercise.open();
  await exercise.paste(answer("solution"));
  await exercise.check();
  await expect(exercise.results.getByRole("heading").first()).toHaveText(`All ${CHECKS} checks pass`);
  await expect(exercise.results).toContainText(`${total} of ${total} points`);
});

test("the starter fails with the author's message and the schedule step by step", async ({
  exercise,
  page,
}) => {
  await exercise.open();
  await exercise.check();
  await expect(exercise.results.getByRole("heading").first()).toContainText("checks fail");
  const failed = page.locator('[data-check="deadline"]');
  await expect(failed).toContainText("withTimeout came back after 1,350 ms; it was given 1,000 ms.");
  const steps = failed.getByRole("listbox");
  await expect(steps.getByRole("option").last()).toContainText("1,350 ms");
});

test("the schedule of a failed check is kept, and tried on mended code with the keyboard @laptop", async ({
  exercise,
  page,
}) => {
  await exercise.open();
  await exercise.check();
  const check = page.locator('[data-check="deadline"]');
  await expect(check.getByText("is kept.")).toBeHidden();
  await exercise.paste(answer("solution"));
  await expect(check).toContainText("The schedule that failed at attempt 1 is kept.");
  await check.getByRole("button", { name: "Try it on this code" }).focus();
  await page.keyboard.press("Enter");
  await expect(check.locator(".earlier-answer")).toContainText("The old schedule no longer fails.");
  await expect(check.getByRole("listbox", { name: /^Steps of the old schedule on this code/ })).toBeVisible();
  await exercise.reload();
  await exercise.check();
  await check.locator("summary").first().click();
  await expect(check).toContainText("The schedule that failed at attempt 1 is kept.");
  await expect(check.locator(".earlier-answer")).toHaveCount(0);
});

test("a hint is shown only on request @laptop", async ({ exercise, page }) => {
  await exercise.open();
  await exercise.check();
  const failed = page.locator('[data-check="deadline"]');
  const hint = failed.getByText("The caller may not stand behind the job");
  await expect(hint).toBeHidden();
  await failed.getByText("Show a hint").click();
  await expect(hint).toBeVisible();
});

test("arrow keys walk through a failing schedule and mark the line in the code @laptop", async ({
  exercise,
  page,
}) => {
  await exercise.open();
  await exercise.paste(answer("wrong/one-stop-for-all"));
  await exercise.check();
  const steps = page.getByRole("listbox").first();
  await steps.focus();
  await page.keyboard.press("Home");
  const options = steps.getByRole("option");
  await expect(options.first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowRight");
  await expect(options.nth(1)).toHaveAttribute("aria-selected", "true");
  await expect(options.first()).toHaveAttribute("aria-selected", "false");
  await page.keyboard.press("ArrowLeft");
  await expect(options.first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("End");
  await expect(options.last()).toHaveAttribute("aria-selected", "true");
  expect(await options.count()).toBeGreaterThan(5);
});

test("Run shows what the demo prints, with virtual time and thread @laptop", async ({ exercise }) => {
  await exercise.open();
  await exercise.paste(answer("solution"));
  await exercise.run();
  const printed = exercise.results.getByRole("table", { name: "Printed lines" });
  const quick = printed.getByRole("row").filter({ hasText: "quick after 300 ms: 12 rows" });
  await expect(quick.getByRole("cell").nth(0)).toHaveText("300 ms");
  await expect(quick.getByRole("cell").nth(1)).toHaveText("main");
});

test("results say when they are about older code @laptop", async ({ exercise }) => {
  await exercise.open();
  await exercise.check();
  await expect(exercise.results).not.toContainText("You have changed your code since");
  await exercise.paste(answer("solution"));
  await expect(exercise.results).toContainText("You have changed your code since");
});
