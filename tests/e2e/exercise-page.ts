import { readFileSync } from "node:fs";
import { expect, type Locator, type Page } from "@playwright/test";

export const SLUG = "timeout-without-async";
export const EXERCISE_PATH = `/exercise/${SLUG}/`;
export const LESSON_PATH = "/learn/waiting-without-async/timeout-with-a-thread/";

const { points } = JSON.parse(readFileSync(`exercises/${SLUG}/exercise.json`, "utf8")) as {
  points: Record<string, number>;
};
/** Check ids with their points. */
export const POINTS: Readonly<Record<string, number>> = points;
export const CHECKS = Object.keys(points).length;

/** The learner's file of an answer: `solution`, `starter` or `wrong/<name>`. */
export function answer(folder: string, slug = SLUG): string {
  return readFileSync(`exercises/${slug}/${folder}/main.ts`, "utf8");
}

/** A learner's file that never comes back: checking it takes seconds. */
export const ENDLESS = "export class StopSignal {}\nexport function withTimeout() {\n  for (;;) {}\n}\n";

/** What a learner sees and does on an exercise's page, with a mouse or on a phone. */
export class ExercisePage {
  readonly page: Page;
  readonly results: Locator;
  readonly #slug: string;

  constructor(page: Page, slug = SLUG) {
    this.page = page;
    this.#slug = slug;
    this.results = page.getByRole("region", { name: "Results" });
  }

  async open(): Promise<void> {
    await this.page.goto(`/exercise/${this.#slug}/`);
    await this.hydrated();
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.hydrated();
  }

  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  /** The plain field of phones. */
  get field(): Locator {
    return this.page.locator("textarea.plain-code");
  }

  /** The full editor's text, as far as it is on screen. */
  get editor(): Locator {
    return this.page.locator(".surface-monaco .view-lines");
  }

  async edit(): Promise<void> {
    await this.button("Edit").click();
    await expect(this.field.or(this.editor)).toBeVisible();
  }

  /** Replaces the open file's text as a learner would: by pasting. */
  async paste(text: string): Promise<void> {
    if (await this.button("Edit").isVisible()) await this.edit();
    if (await this.field.isVisible()) {
      await this.field.fill(text);
      return;
    }
    await this.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await this.page.evaluate((content) => navigator.clipboard.writeText(content), text);
    await this.editor.click();
    await this.page.keyboard.press("ControlOrMeta+A");
    await this.page.keyboard.press("ControlOrMeta+V");
    await expect.poll(async () => (await this.saved("main.ts")) ?? answer("starter", this.#slug)).toBe(text);
  }

  /** What the browser keeps of a file; the starter is not kept. */
  saved(file: string): Promise<string | undefined> {
    return this.page.evaluate(
      ([key, name]) => JSON.parse(localStorage.getItem(key ?? "") ?? "{}").files?.[name ?? ""],
      [`interleave:work:${this.#slug}:v1`, file],
    );
  }

  /** Presses Check and waits for whatever comes. */
  async check(): Promise<void> {
    await this.press("Check");
  }

  async run(): Promise<void> {
    await this.press("Run");
  }

  verdictHash(): Promise<string | null> {
    return this.page.locator("[data-verdict-hash]").getAttribute("data-verdict-hash");
  }

  /** A warm check may be over before anybody sees that it began: wait for the next result, not for the work. */
  private async press(name: "Run" | "Check"): Promise<void> {
    const before = Number(await this.results.getAttribute("data-result"));
    await this.button(name).click();
    await expect(this.results).toHaveAttribute("data-result", String(before + 1), { timeout: 60_000 });
  }

  /** The buttons work once the island has woken up. */
  private async hydrated(): Promise<void> {
    await expect(this.page.locator("astro-island[ssr]")).toHaveCount(0);
  }
}
