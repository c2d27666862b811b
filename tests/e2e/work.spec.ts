import { expect, test } from "./test.ts";
import { answer, CHECKS, ExercisePage, SLUG } from "./exercise-page.ts";

test("a reload keeps the code, and shows it before the editor is opened", async ({ exercise, page }) => {
  await exercise.open();
  await exercise.paste(answer("solution"));
  await exercise.reload();
  await expect(page.locator(".own-code")).toContainText("recvTimeout");
  await exercise.check();
  await expect(exercise.results).toContainText(`All ${CHECKS} checks pass`);
});

test("a reset can be undone, also after a reload @laptop", async ({ exercise, page }) => {
  await exercise.open();
  await exercise.paste(answer("solution"));
  await exercise.button("Reset").click();
  await expect(page.getByText("Your code was reset.", { exact: true })).toBeVisible();
  expect(await exercise.saved("main.ts")).toBeUndefined();
  await exercise.reload();
  await exercise.button("Undo").click();
  expect(await exercise.saved("main.ts")).toBe(answer("solution"));
  await expect(page.getByText("Your code was reset.", { exact: true })).toBeHidden();
});

test("work under an older version is kept and offered @laptop", async ({ exercise, page }) => {
  await exercise.open();
  await page.evaluate(
    ([key, text]) => localStorage.setItem(key ?? "", JSON.stringify({ files: { "main.ts": text } })),
    [`interleave:work:${SLUG}:v0`, "// from before\n"],
  );
  await exercise.reload();
  await expect(page.getByText("Your work on its version 0 is kept.")).toBeVisible();
  await exercise.button("Use it").click();
  expect(await exercise.saved("main.ts")).toBe("// from before\n");
  expect(
    await page.evaluate((key) => localStorage.getItem(key), `interleave:work:${SLUG}:v0`),
  ).not.toBeNull();
});

test("two tabs show the same work, so neither overwrites the other's @laptop", async ({ exercise, page }) => {
  await exercise.open();
  const other = new ExercisePage(await page.context().newPage());
  await other.open();
  await exercise.paste(answer("solution"));
  await expect(other.page.locator(".own-code")).toContainText("recvTimeout");
});

test("buttons that cannot be used say why", async ({ exercise }) => {
  await exercise.open();
  await expect(exercise.button("Stop")).toHaveAttribute("aria-description", "Nothing is running");
  await expect(exercise.button("Reset")).toHaveAttribute("aria-description", /^Nothing to reset/);
});
