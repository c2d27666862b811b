import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./test.ts";
import { answer, ExercisePage, LESSON_PATH } from "./exercise-page.ts";

test("the arrow keys walk the timeline: the list and the code go along", async ({ exercise, page }) => {
  await exercise.open();
  await exercise.paste(answer("wrong/one-stop-for-all"));
  await exercise.check();
  const slider = page.getByRole("slider").first();
  const options = page.getByRole("listbox").first().getByRole("option");
  const count = await options.count();
  await expect(slider).toHaveAttribute("aria-valuenow", String(count));
  await slider.focus();
  await page.keyboard.press("Home");
  await expect(slider).toHaveAttribute("aria-valuenow", "1");
  await page.keyboard.press("ArrowRight");
  await expect(slider).toHaveAttribute("aria-valuenow", "2");
  await expect(slider).toHaveAttribute("aria-valuetext", new RegExp(`^Step 2 of ${count}, `));
  await expect(options.nth(1)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowLeft");
  await expect(options.nth(0)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("End");
  await expect(page.locator(".tl-current")).toBeInViewport();
});

test("a step is picked in the timeline with the pointer, and marked under it @laptop", async ({
  exercise,
  page,
}) => {
  await exercise.open();
  await exercise.paste(answer("solution"));
  await exercise.run();
  const options = page.getByRole("listbox").first().getByRole("option");
  const bar = page.locator(".timeline-live .tl-running").nth(1);
  const corner = { position: { x: 4, y: 9 } };
  await bar.hover(corner);
  await expect(page.locator(".step-hovered")).toHaveCount(1);
  await expect(page.locator(".tl-hovered")).toBeVisible();
  await bar.click(corner);
  await expect(page.locator(".step-current")).not.toHaveText((await options.first().textContent()) ?? "");
  await expect(page.locator(".code-mark-step")).toBeVisible();
});

test("a check that passes shows the default schedule @laptop", async ({ exercise, page }) => {
  await exercise.open();
  await exercise.paste(answer("solution"));
  await exercise.check();
  const passed = page.locator('[data-check="deadline"]');
  await expect(passed.getByRole("slider")).toHaveCount(0);
  await passed.locator("summary").first().click();
  await expect(passed.getByRole("slider")).toHaveAttribute("aria-valuenow", "1");
  await expect(passed.getByText("The default schedule")).toBeVisible();
});

test("a failing run says from which step on it was lost, and nothing moves when it does @laptop", async ({
  page,
}) => {
  const exercise = new ExercisePage(page, "heartbeat-threads");
  await exercise.open();
  await page.evaluate(() => {
    const seen: { told: boolean; height: number }[] = [];
    Object.assign(window, { seen });
    const look = () => {
      const check = document.querySelector('[data-check="very-tick"]');
      const sentence = check?.querySelector(".lost-sentence");
      if (check && sentence) seen.push({ told: sentence.textContent !== "", height: check.clientHeight });
      requestAnimationFrame(look);
    };
    look();
  });
  await exercise.check();
  const failed = page.locator('[data-check="very-tick"]');
  if ((await failed.getAttribute("open")) === null) await failed.locator("summary").first().click();
  await expect(failed).toContainText(
    "Lost from step 4 on: every way to go on from there fails; 15 runs prove it.",
  );
  const options = failed.getByRole("option");
  await expect(options.nth(2)).toContainText(/\d+ of 32 ways to go on from here fail/);
  await expect(options.nth(3)).toContainText("lost from here");
  await expect(options.nth(4)).not.toContainText("lost");
  await expect(failed.getByRole("img").getByText("lost from here")).toBeVisible();
  await failed.getByRole("slider").focus();
  await page.keyboard.press("Home");
  for (let step = 1; step < 4; step += 1) await page.keyboard.press("ArrowRight");
  await expect(failed.getByRole("slider")).toHaveAttribute("aria-valuetext", /^Step 4 .*, lost from here$/);
  const seen = await page.evaluate(
    () => (window as unknown as { seen: { told: boolean; height: number }[] }).seen,
  );
  expect(new Set(seen.map(({ told }) => told))).toEqual(new Set([false, true]));
  expect(new Set(seen.map(({ height }) => height)).size).toBe(1);
});

const BUSY = `import { sleep } from "std/thread";
for (let i = 0; i < 2500; i += 1) {
  sleep(1);
  console.log(i);
}
`;

test("five thousand events are drawn as their beginning and their end @laptop", async ({
  exercise,
  page,
}) => {
  await exercise.open();
  await page.evaluate((text) => {
    const files = { "demo.ts": text };
    localStorage.setItem("interleave:work:timeout-without-async:v1", JSON.stringify({ files }));
  }, BUSY);
  await exercise.reload();
  await exercise.run();
  await expect(page.locator(".timeline-live .tl-gap-steps")).toContainText("steps left out");
  await expect(page.getByRole("listbox").getByRole("option")).toHaveCount(200);
  await page.getByRole("slider").focus();
  await page.keyboard.press("End");
  await expect(page.locator(".step-current")).toContainText("2499");
});

const TASKS = `
import { type Async, blockOn, spawn } from "rt";
import { sleep } from "rt/time";
import { work } from "std/cpu";
function* compute(): Async<void> { work(20); console.log("computed"); }
function* wait(): Async<void> { yield* sleep(5); }
function* both(): Async<void> {
  const waiting = spawn(wait(), { name: "waiter" });
  yield* spawn(compute(), { name: "hog" });
  yield* waiting;
}
blockOn(both());
`;

test("tasks have lanes under their thread, and a warning leads to its line", async ({ exercise, page }) => {
  await exercise.open();
  await page.evaluate((text) => {
    const files = { "demo.ts": text };
    localStorage.setItem("interleave:work:timeout-without-async:v1", JSON.stringify({ files }));
  }, TASKS);
  await exercise.reload();
  await exercise.run();
  await expect(
    page.getByRole("img", { name: /^Timeline of one thread, main \(tasks: waiter, hog\): / }),
  ).toBeVisible();
  await expect(page.locator(".timeline-legend")).toContainText("task waits, thread is free");
  await expect(page.getByRole("cell", { name: "hog" })).toBeVisible();
  const warning = page.getByRole("list", { name: "Warnings" }).getByRole("listitem");
  await expect(warning).toContainText("hog held its executor for 20 ms");
  await warning.getByRole("button", { name: "demo.ts, line 5" }).click();
  await expect(page.getByRole("tab", { name: "demo.ts" })).toHaveAttribute("aria-selected", "true");
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
});

test("an example's timeline and steps can be read without JavaScript @laptop", async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL && { baseURL }) });
  const page = await context.newPage();
  await page.goto(LESSON_PATH);
  const drawing = page.getByRole("img", {
    name: /^Timeline of 2 threads, main, fetcher: \d+ steps in 400 ms/,
  });
  await expect(drawing).toBeVisible();
  await page.getByText("The same, step by step").click();
  await expect(page.locator(".timeline-list li").filter({ hasText: "the time ran out" })).toHaveCount(1);
  await context.close();
});

test("a timeline scrolls in its own box, and its words are 12 pixels or more @phone", async ({ page }) => {
  await page.goto(LESSON_PATH);
  const box = page.locator(".timeline-scroll").first();
  expect(await box.evaluate((one) => one.scrollWidth - one.clientWidth)).toBeGreaterThan(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  const sizes = await box
    .locator("text")
    .evaluateAll((all) => all.map((one) => Number.parseFloat(getComputedStyle(one).fontSize)));
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(12);
});

test("open attempts, solution, question and timelines have nothing that axe objects to", async ({
  exercise,
  page,
}) => {
  await exercise.open();
  await exercise.check();
  await page.getByText("Your attempts (1)").click();
  await exercise.button("Look at attempt 1").click();
  await exercise.button("Show the solution").click();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await exercise.button("Show it").click();
  await expect(page.getByRole("region", { name: "Solution" })).toBeVisible();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  }
});
