import { expect, test } from "./test.ts";
import { answer, CHECKS, ENDLESS, LESSON_PATH } from "./exercise-page.ts";

test("everything can be done with the keyboard alone", async ({ exercise, page, isMobile }) => {
  await exercise.open();
  await exercise.button("Edit").focus();
  await page.keyboard.press("Enter");
  await expect(exercise.field.or(exercise.editor)).toBeVisible();
  if (isMobile) {
    await expect(exercise.field).toBeFocused();
  } else {
    await expect(page.locator(".monaco-editor.focused")).toBeVisible();
  }
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(exercise.results).toContainText("virtual time");
  await page.keyboard.press("ControlOrMeta+Shift+Enter");
  await expect(exercise.results).toContainText("checks fail");
  if (!isMobile) {
    await page.keyboard.press("Control+M");
    await page.keyboard.press("Tab");
    await expect(page.locator(".monaco-editor.focused")).toHaveCount(0);
  }
  await exercise.paste(ENDLESS);
  await exercise.button("Check").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Escape");
  await expect(exercise.results).toContainText("Stopped");
});

test("tabs are walked with the arrow keys", async ({ exercise, page }) => {
  await exercise.open();
  await page.getByRole("tab", { name: "main.ts" }).focus();
  await page.keyboard.press("ArrowRight");
  const demo = page.getByRole("tab", { name: "demo.ts" });
  await expect(demo).toBeFocused();
  await expect(demo).toHaveAttribute("aria-selected", "true");
  await expect(page.getByText("Yours to change.").first()).toBeVisible();
});

test("a question is answered with the keyboard", async ({ page }) => {
  await page.goto(LESSON_PATH);
  const first = page.locator(".quiz summary").first();
  await first.focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(".quiz details[open] .because")).toBeVisible();
});

test("the verdict is announced @laptop", async ({ exercise, page }) => {
  await exercise.open();
  await exercise.paste(answer("solution"));
  await exercise.check();
  await expect(page.getByRole("status")).toHaveText(new RegExp(`All ${CHECKS} checks pass`));
});
