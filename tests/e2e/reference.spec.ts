import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./test.ts";

const INDEX = "/reference/";
const MODULE = "/reference/std/sync/";
/** One of each kind, and none of the longest. */
const KINDS = { index: INDEX, module: "/reference/rt/time/", authors: "/reference/world/" } as const;
const names = (page: Page) => page.locator("[data-name]:visible");
const box = (page: Page) => page.getByRole("searchbox", { name: "Find a name" });

for (const [name, path] of Object.entries(KINDS)) {
  test(`the reference's ${name} page has nothing that axe objects to, light and dark @laptop`, async ({
    page,
  }) => {
    await page.goto(path);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    }
  });
}

test("no page of the reference scrolls sideways on a phone @phone", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const paths = readdirSync("dist/reference", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith("index.html"))
    .map((name) => `/reference/${name.replaceAll("\\", "/").replace(/index\.html$/, "")}`);
  expect(paths.length).toBeGreaterThan(10);
  for (const path of paths) {
    await page.goto(path);
    // A phone's own idea of its width grows with what is too wide for it.
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide, path).toBeLessThanOrEqual(360);
  }
});

test("a name is found with the keyboard alone @laptop", async ({ page }) => {
  await page.goto(INDEX);
  const all = await names(page).count();
  await box(page).focus();
  await page.keyboard.type("recv_t");
  await expect(page.getByRole("status")).toContainText("There is no such name.");
  await page.keyboard.press("Escape");
  await expect(names(page)).toHaveCount(all);
  await page.keyboard.type("join");
  await expect(page.getByRole("status")).toContainText(` of ${all} names`);
  await expect(names(page).first()).toContainText("JoinHandle");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(names(page).nth(1).getByRole("link")).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(box(page)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/reference\/std\/thread\/#JoinHandle$/);
  await expect(page.getByRole("heading", { name: "JoinHandle", exact: false }).first()).toBeInViewport();
});

test("without JavaScript every name is there, and nothing that would need it @laptop", async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL && { baseURL }) });
  const page = await context.newPage();
  await page.goto(INDEX);
  await expect(page.locator("[data-filter]")).toBeHidden();
  await expect(page.getByRole("link", { name: "Condvar", exact: true })).toBeVisible();
  await page.goto(`${MODULE}#Mutex.lock`);
  await expect(page.locator("[id='Mutex.lock']")).toBeInViewport();
  await expect(page.locator(".example-actions").first()).toBeHidden();
  await context.close();
});

test("an example of the reference runs in its place and prints what stands there @laptop", async ({
  page,
}) => {
  await page.goto(`${MODULE}#Mutex`);
  const example = page.locator("[data-title='the example of Mutex']");
  const drawn = await example.locator(".output").innerText();
  await example.scrollIntoViewIfNeeded();
  await expect(example.locator("astro-island[ssr]")).toHaveCount(0);
  await example.getByRole("button", { name: "Run the example of Mutex" }).click();
  await expect(example.locator("[data-result='1']")).toBeVisible({ timeout: 60_000 });
  const lines = await example.locator(".printed tbody tr").allTextContents();
  const plain = (text: string) => text.replaceAll(/\s+/g, "");
  expect(plain(lines.join(""))).toBe(plain(drawn));
});

test("the name under the pointer leads from the editor to the reference @laptop", async ({
  exercise,
  page,
}) => {
  await exercise.open();
  await exercise.paste('import { Mutex } from "std/sync";\nexport const shared = new Mutex(0);\n');
  const name = page.locator(".view-line", { hasText: "import" }).getByText("Mutex", { exact: false });
  await expect(async () => {
    await page.mouse.move(0, 0);
    await name.first().hover();
    const link = page.locator(".monaco-hover a", { hasText: "Reference" }).first();
    await expect(link).toHaveAttribute(
      "data-href",
      /^http:\/\/localhost:\d+\/reference\/std\/sync\/#Mutex$/,
      {
        timeout: 3_000,
      },
    );
  }).toPass({ timeout: 60_000 });
  await expect(page.locator(".monaco-hover").first()).toContainText("std::sync::Mutex");
});

test("a page of the reference needs less than 40 KB of script, gzipped @laptop", async ({ page }) => {
  const scripts = new Set<string>();
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.endsWith(".js")) scripts.add(pathname);
  });
  for (const path of [INDEX, MODULE]) await page.goto(path, { waitUntil: "networkidle" });
  const sizes = [...scripts].map((path) => gzipSync(readFileSync(`dist${path}`)).length);
  expect(sizes.length).toBeGreaterThan(0);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(40 * 1024);
});

test("every link of lessons and reference to a place of the reference leads there @laptop", () => {
  const pages = new Map(
    readdirSync("dist", { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith("index.html"))
      .map((name) => {
        const html = readFileSync(`dist/${name}`, "utf8");
        const path = `/${name.replaceAll("\\", "/").replace(/index\.html$/, "")}`;
        return [path, { html, ids: new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)) }];
      }),
  );
  const broken = [...pages].flatMap(([path, { html }]) =>
    [...html.matchAll(/href="((?:\/reference\/[^"#]*)?)(#[^"]*)?"/g)]
      .filter(([, target, id]) => path.startsWith("/reference/") || target !== "" || id === undefined)
      .filter(([, target = "", id = ""]) => {
        const page = pages.get(target === "" ? path : target);
        return page === undefined || (id !== "" && !page.ids.has(id.slice(1)));
      })
      .map(([link]) => `${path}: ${link}`),
  );
  expect(broken).toEqual([]);
  const linked = [...pages].filter(
    ([path, { html }]) => path.startsWith("/learn/") && html.includes("to-reference"),
  );
  expect(linked.length).toBeGreaterThan(3);
});
