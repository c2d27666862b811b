import { getCollection } from "astro:content";
import type { APIRoute, GetStaticPaths } from "astro";
import { codeToHtml } from "shiki";
import { CODE_THEMES } from "../../../code-themes.ts";
import type { SolutionFile } from "../../../exercise/solution.tsx";

/** The solution of an exercise: in no page, fetched when the learner asks for it. */
export const getStaticPaths = (async () => {
  const exercises = await getCollection("exercises");
  return exercises.map((exercise) => ({ params: { slug: exercise.id }, props: exercise.data.solution }));
}) satisfies GetStaticPaths;

export const GET: APIRoute = async ({ props }) => {
  const files: SolutionFile[] = [];
  for (const [name, text] of Object.entries(props as Record<string, string>)) {
    const code = text.trimEnd();
    files.push({
      name,
      html: await codeToHtml(code, { lang: "ts", themes: CODE_THEMES, defaultColor: "light-dark()" }),
    });
  }
  return new Response(JSON.stringify({ files }));
};
