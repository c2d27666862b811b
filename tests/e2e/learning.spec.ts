import { expect, test } from "./test.ts";
import { answer, CHECKS, EXERCISE_PATH, LESSON_PATH, SLUG } from "./exercise-page.ts";

test("hints come one at a time, and which were opened is remembered", async ({ exercise, page }) => {
  await exercise.open();
  const hints = page.locator("details[data-hints]");
  await expect(hints).toHaveCount(3);
  await expect(page.getByText("Another hint")).toBeHidden();
  await page.getByText("I need a hint").click();
  await expect(page.getByText("One thread cannot both run the job")).toBeVisible();
  await page.getByText("Another hint").click();
  await expect(page.getByText("spawn runs the job")).toBeVisible();
  await exercise.reload();
  await expect(page.getByText("spawn runs the job")).toBeVisible();
  await expect(page.getByText("The last hint")).toBeVisible();
  await expect(page.getByText("Make a StopSource and a channel")).toBeHidden();
});

test("a failing check's hint, once opened, stays open for the next verdict @laptop", async ({
  exercise,
  page,
}) => {
  await exercise.open();
  await exercise.check();
  const hint = page.locator('[data-check="deadline"] .hint');
  await hint.getByText("Show a hint").click();
  await exercise.check();
  await expect(hint).toHaveAttribute("open");
  await expect(page.locator('[data-check="not-waited-for"] .hint')).not.toHaveAttribute("open");
});

test("the solution is fetched only after a question, and the question may be declined", async ({
  exercise,
  page,
}) => {
  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
  const solutions = () => fetched.filter((path) => path.endsWith("/solution.json"));
  await exercise.open();
  await exercise.button("Show the solution").click();
  const question = page.getByRole("dialog", { name: "Show the solution?" });
  await expect(question).toContainText("You will learn more by trying once more.");
  await exercise.button("Keep trying").click();
  await expect(question).toBeHidden();
  expect(solutions()).toEqual([]);
  await exercise.button("Show the solution").click();
  await exercise.button("Show it").click();
  await expect(page.getByRole("region", { name: "Solution" })).toContainText("tx.send(job(source.signal))");
  expect(solutions()).toEqual([`/exercises/${SLUG}/solution.json`]);
  await exercise.button("Hide the solution").click();
  await expect(page.getByRole("region", { name: "Solution" })).toBeHidden();
});

test("after passing, the solution is shown without a question, and the exercise and its lesson are done @laptop", async ({
  exercise,
  page,
}) => {
  await exercise.open();
  const done = page.getByText("✓ done", { exact: true });
  await expect(done).toBeHidden();
  await exercise.paste(answer("solution"));
  await exercise.check();
  await expect(done).toBeVisible();
  await exercise.button("Show the solution").click();
  await expect(page.getByRole("region", { name: "Solution" })).toBeVisible();
  await page.goto("/");
  const lesson = page
    .getByRole("listitem")
    .filter({ has: page.locator(`a[href="${LESSON_PATH}"]`) })
    .last();
  await expect(lesson).toContainText("✓ done");
  await page.goto(LESSON_PATH);
  await expect(page.locator(".lesson-header").getByText("✓ done").first()).toBeVisible();
});

test("the outline tells parts, minutes and where one is @laptop", async ({ page }) => {
  await page.goto("/");
  await expect(page.locator("#outline")).toContainText(/lessons?,\s+about\s+\d+\s+minutes/);
  await expect(page.getByText("✓ done").first()).toBeHidden();
  await page.goto(LESSON_PATH);
  await page.getByText("All lessons", { exact: true }).first().click();
  const here = page.getByRole("navigation", { name: "Course" }).locator('[aria-current="page"]');
  await expect(here).toHaveAttribute("href", LESSON_PATH);
});

test("an exercise's own page leads back to its lesson @laptop", async ({ page }) => {
  await page.goto(EXERCISE_PATH);
  await expect(page.locator(`.site-trail a[href="${LESSON_PATH}"]`)).toBeVisible();
});

test("attempts are kept, looked at and restored, and restoring can be undone @laptop", async ({
  exercise,
  page,
}) => {
  await exercise.open();
  await expect(page.getByText("Your attempts")).toHaveCount(0);
  await exercise.paste(answer("wrong/one-stop-for-all"));
  await exercise.check();
  await exercise.paste(answer("solution"));
  await exercise.check();
  await exercise.reload();
  await page.getByText("Your attempts (2)").click();
  const items = page.locator(".attempt");
  await expect(items.nth(0)).toContainText(`Attempt 2All ${CHECKS} checks pass`);
  await expect(items.nth(1)).toContainText(/Attempt 1\d+ of \d+ checks fail/);
  await exercise.button("Look at attempt 1").click();
  await expect(items.nth(1).locator("pre")).toContainText("One stop source for all calls");
  await exercise.button("Restore attempt 1").click();
  await expect(page.getByText("Attempt 1 is in the editor again.", { exact: true }).first()).toBeVisible();
  expect(await exercise.saved("main.ts")).toBe(answer("wrong/one-stop-for-all"));
  await exercise.button("Undo").click();
  expect(await exercise.saved("main.ts")).toBe(answer("solution"));
});

test("the editor knows the library, and not the module of hidden checks @laptop", async ({
  exercise,
  page,
}) => {
  await exercise.open();
  await exercise.paste(
    'import { check } from "check";\nimport { Mutex } from "std/sync";\nexport const one: string = new Mutex(1).lock().value;\nexport const two: string = new Mutex(2).lock().value;\nexport { check };\n',
  );
  // The unknown module, and two numbers that are no text: without the types only the imports would be mistakes.
  // The editor's own worker has to start first, which takes a busy machine its time.
  await expect(page.locator(".squiggly-error")).toHaveCount(3, { timeout: 40_000 });
});
