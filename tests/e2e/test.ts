import { expect, test as base } from "@playwright/test";
import { ExercisePage } from "./exercise-page.ts";

interface Fixtures {
  /** An exercise's page. Every test that has it fails on anything the browser complains about. */
  readonly exercise: ExercisePage;
  readonly quiet: void;
}

export const test = base.extend<Fixtures>({
  exercise: async ({ page }, use) => {
    await use(new ExercisePage(page));
  },
  quiet: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) complaints.push(message.text());
      });
      page.on("pageerror", (error) => complaints.push(String(error)));
      await use();
      expect(complaints, "the browser's console").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
