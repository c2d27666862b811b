import AxeBuilder from "@axe-core/playwright";
import { type Page } from "@playwright/test";
import { expect, test } from "./test.ts";
import { LESSON_PATH } from "./exercise-page.ts";

const TITLE = "Four rows, 250 ms";
const example = (page: Page) => page.locator(".example").first();
const button = (page: Page, name: string) => example(page).getByRole("button", { name });
const open = async (page: Page) => {
  await page.goto(LESSON_PATH);
  await example(page).scrollIntoViewIfNeeded();
  await expect(example(page).locator("astro-island[ssr]")).toHaveCount(0);
};
const result = (page: Page, number: number) => example(page).locator(`[data-result="${number}"]`);
const printed = (page: Page) => example(page).locator(".printed tbody tr");

test("an example runs in its place: the same lines, and a timeline to walk through", async ({ page }) => {
  const workers: string[] = [];
  page.on("worker", (worker) => workers.push(worker.url()));
  await open(page);
  const drawn = await example(page).locator(".output").innerText();
  expect(workers).toEqual([]);
  await button(page, `Run ${TITLE}`).click();
  await expect(result(page, 1)).toBeVisible({ timeout: 60_000 });
  expect(workers).toHaveLength(1);
  const lines = await printed(page).evaluateAll((rows) => rows.map((row) => row.textContent));
  const plain = (text: string) => text.replaceAll(/\s+/g, "");
  expect(plain(lines.join(""))).toBe(plain(drawn));
  await expect(button(page, `Run ${TITLE}`)).toBeFocused();
  await example(page).getByRole("slider").focus();
  await page.keyboard.press("ArrowRight");
  await expect(example(page).locator(".code-mark-step")).toHaveCount(1);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  }
});

test("another schedule has a number, and says whether it made a difference @laptop", async ({ page }) => {
  await open(page);
  for (const number of [1, 2]) {
    await button(page, "Another schedule").click();
    await expect(result(page, number)).toContainText(`Random schedule ${number}:`, { timeout: 60_000 });
  }
  await expect(result(page, 2)).toContainText("It prints what it prints under the default schedule.");
});

/** Replaces the program as a reader would, in whichever editor the device has. */
async function rewrite(page: Page, text: string): Promise<void> {
  await button(page, `Edit ${TITLE}`).click();
  const field = example(page).locator("textarea.plain-code");
  const editor = example(page).locator(".surface-monaco .view-lines");
  await expect(field.or(editor)).toBeVisible();
  if (await field.isVisible()) return field.fill(text);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate((content) => navigator.clipboard.writeText(content), text);
  await editor.click();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.press("ControlOrMeta+V");
  await expect(editor).not.toContainText("import");
}

test("an example can be changed and run, and all changes undone @laptop", async ({ page }) => {
  await open(page);
  await rewrite(page, 'export function main(): void {\n  console.log("mine");\n}\n');
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(printed(page)).toHaveText(["0 msmainmine"], { timeout: 60_000 });
  await button(page, `Undo all changes to ${TITLE}`).click();
  await expect(example(page).locator(".output")).toContainText("timeout");
  await expect(example(page).locator(".astro-code")).toBeVisible();
});

test("an endless example can be stopped @laptop", async ({ page }) => {
  await open(page);
  await rewrite(page, "export function main(): void {\n  for (;;) {}\n}\n");
  await button(page, `Run ${TITLE}`).click();
  await page.keyboard.press("Escape");
  await expect(result(page, 1)).toContainText(/Stopped|Endless loop/, { timeout: 60_000 });
});

test("without JavaScript an example offers nothing that would need it @laptop", async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL && { baseURL }) });
  const page = await context.newPage();
  await page.goto(LESSON_PATH);
  await expect(example(page).locator(".output")).toBeVisible();
  await expect(example(page).locator(".example-actions")).toBeHidden();
  await context.close();
});

test("opening one answer of a question closes the other and says why", async ({ page }) => {
  await page.goto(LESSON_PATH);
  const quiz = page.getByRole("region", { name: /^Question: / });
  const answers = quiz.locator("details");
  await answers.nth(0).locator("summary").click();
  await expect(answers.nth(0)).toContainText("No.");
  await answers.nth(1).locator("summary").click();
  await expect(answers.nth(1).getByText("Yes.")).toBeVisible();
  await expect(answers.nth(0)).not.toHaveAttribute("open");
});
