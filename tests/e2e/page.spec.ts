import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./test.ts";
import { answer, EXERCISE_PATH, LESSON_PATH, SLUG } from "./exercise-page.ts";

const PAGES = { landing: "/", lesson: LESSON_PATH, exercise: EXERCISE_PATH } as const;

/** Looks at all of a page that wakes up when it is seen. */
async function seeAll(page: Page): Promise<void> {
  for (const row of await page.locator(".example-actions, .actions").all())
    await row.scrollIntoViewIfNeeded();
  await expect(page.locator("astro-island[ssr]")).toHaveCount(0);
}

for (const [name, path] of Object.entries(PAGES)) {
  for (const scheme of ["light", "dark"] as const) {
    test(`the ${name} page has nothing that axe objects to, ${scheme}`, async ({ page }, info) => {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      await page.goto(path);
      await page.screenshot({ path: info.outputPath(`${name}-${scheme}.png`), fullPage: true });
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    });
  }
}

test("verdicts on the starter and the solution have nothing that axe objects to", async ({
  exercise,
  page,
}, info) => {
  await exercise.open();
  for (const folder of ["starter", "solution"]) {
    await exercise.paste(answer(folder));
    await exercise.check();
    for (const scheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      await page.screenshot({ path: info.outputPath(`${folder}-${scheme}.png`), fullPage: true });
      expect((await new AxeBuilder({ page }).analyze()).violations, folder).toEqual([]);
    }
  }
});

test("a button that is clicked before the page has woken up is not forgotten @laptop", async ({
  exercise,
  page,
}) => {
  let wake = (): void => {};
  const asleep = new Promise<void>((resolve) => (wake = resolve));
  await page.route(/\/_astro\/exercise\.[^/]*\.js$/, async (route) => {
    await asleep;
    await route.continue();
  });
  await page.goto(EXERCISE_PATH);
  await exercise.button("Run").click();
  await expect(page.locator("astro-island[ssr]")).not.toHaveCount(0);
  wake();
  await expect(exercise.results).toContainText("It ran to its end");
});

test("nothing runs on page load: no worker, no WebAssembly, no editor @laptop", async ({ page }) => {
  const workers: string[] = [];
  const fetched: string[] = [];
  page.on("worker", (worker) => workers.push(worker.url()));
  page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
  for (const path of [LESSON_PATH, EXERCISE_PATH]) {
    await page.goto(path);
    await seeAll(page);
    await page.waitForLoadState("networkidle");
  }
  expect(workers).toEqual([]);
  expect(fetched.filter((path) => /\.wasm$|monaco|checks\.json|solution\.json|worker/.test(path))).toEqual(
    [],
  );
});

test("a lesson needs less than 40 KB of script, gzipped, before the editor is wanted @laptop", async ({
  page,
}) => {
  const scripts = new Set<string>();
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.endsWith(".js")) scripts.add(pathname);
  });
  await page.goto(LESSON_PATH);
  await seeAll(page);
  await page.waitForLoadState("networkidle");
  expect(scripts.size).toBeGreaterThan(0);
  const inline = await page
    .locator("script:not([src])")
    .evaluateAll((all) => all.map((one) => one.textContent).join());
  const texts = [...scripts].map((path) => readFileSync(`dist${path}`));
  const bytes = [...texts, Buffer.from(inline)].reduce((sum, text) => sum + gzipSync(text).length, 0);
  expect(bytes).toBeLessThan(40 * 1024);
});

test("wrong answers and private checks are not in the built site, and a solution only in its own file @laptop", () => {
  const names = readdirSync("dist", { recursive: true, encoding: "utf8" });
  expect(names.filter((name) => /private|wrong/.test(name))).toEqual([]);
  const own = `exercises/${SLUG}/solution.json`;
  expect(
    names.filter((name) => /solution/.test(name)).filter((name) => !name.endsWith("/solution.json")),
  ).toEqual([]);
  const secret = /source\.signal\)/;
  expect(answer("solution")).toMatch(secret);
  const texts = names.filter((name) => /\.(html|js|json|css|txt)$/.test(name) && name !== own);
  const text = (name: string) => readFileSync(`dist/${name}`, "utf8").replaceAll(/<[^>]*>/g, "");
  expect(text(own).replaceAll(/\\u003c[^>]*>|<[^>]*>/g, "")).toMatch(secret);
  expect(texts.filter((name) => /tx\.send\(job\(source\.signal\)\)/.test(text(name)))).toEqual([]);
});

test("the code can be read without JavaScript @laptop", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL && { baseURL }) });
  const page = await context.newPage();
  await page.goto(LESSON_PATH);
  await expect(page.getByText("export class StopSource").first()).toBeVisible();
  await expect(page.getByText("fn give_up_after").first()).toBeVisible();
  await context.close();
});

test("the theme is remembered @laptop", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/");
  await page.getByRole("button", { name: "Switch to the dark theme" }).click();
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.getByRole("button", { name: "Switch to the light theme" })).toBeVisible();
});
