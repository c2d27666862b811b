import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { promisify } from "node:util";
import { expect, test } from "./test.ts";
import { answer, ExercisePage, SLUG } from "./exercise-page.ts";

const wrong = readdirSync(`exercises/${SLUG}/wrong`).map((name) => `wrong/${name}`);

/** Of the wrong answers every seventh is compared. */
const SHARE = 7;

/** The command line's verdict on an answer. It exits with 1 where a check fails, which is an answer too. */
async function verdictOf(folder: string, slug = SLUG): Promise<{ verdictHash: string }> {
  const submission = `exercises/${slug}/${folder}`;
  const args = ["src/cli/main.ts", "check", slug, "--submission", submission, "--json"];
  const { stdout } = await promisify(execFile)(process.execPath, args).catch(
    (failed: { code: number; stdout: string }) => {
      if (failed.code === 1) return failed;
      throw failed;
    },
  );
  return JSON.parse(stdout) as { verdictHash: string };
}

test("the page's verdict is the command line's, byte for byte @laptop", async ({ exercise }) => {
  test.setTimeout(240_000);
  await exercise.open();
  for (const folder of ["solution", "starter", ...wrong.filter((_, i) => i % SHARE === 0)]) {
    await exercise.paste(answer(folder));
    await exercise.check();
    expect.soft(await exercise.verdictHash(), folder).toBe((await verdictOf(folder)).verdictHash);
  }
});

test("futures on several executors run in the page as they do elsewhere @laptop", async ({ page }) => {
  const slug = "cancellation-token";
  const exercise = new ExercisePage(page, slug);
  await exercise.open();
  for (const folder of ["solution", "wrong/locks-upwards"]) {
    await exercise.paste(answer(folder, slug));
    await exercise.check();
    expect(await exercise.verdictHash(), folder).toBe((await verdictOf(folder, slug)).verdictHash);
  }
  const mistake = page.locator('[data-check="top-and-bottom"] .bug');
  await expect(mistake).toContainText("lock-order inversion The locks are taken in different orders");
});

/** Four cores: two workers beside the engine's. The other tests run with as many as the machine has. */
const CORES = 4;
const MATES = 2;

test("the page's verdict is the same where other workers help @laptop", async ({ exercise }) => {
  test.setTimeout(120_000);
  const { page } = exercise;
  await page.addInitScript((count) => {
    Object.defineProperty(navigator, "hardwareConcurrency", { get: () => count });
  }, CORES);
  await exercise.open();
  await exercise.paste(answer("solution"));
  const { verdictHash } = await verdictOf("solution");
  await exercise.check();
  expect(await exercise.verdictHash()).toBe(verdictHash);
  await expect
    .poll(() => page.workers().filter((worker) => /\/mate-[^/]*$/.test(worker.url())).length)
    .toBe(MATES);
  // They are warm now, and take part from the beginning.
  await exercise.check();
  expect(await exercise.verdictHash()).toBe(verdictHash);
});
