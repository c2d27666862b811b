import { getCollection } from "astro:content";
import type { APIRoute, GetStaticPaths } from "astro";

/** What Check fetches of an exercise, when it is pressed and not before. */
export const getStaticPaths = (async () => {
  const exercises = await getCollection("exercises");
  return exercises.map((exercise) => ({ params: { slug: exercise.id }, props: exercise.data.checks }));
}) satisfies GetStaticPaths;

export const GET: APIRoute = ({ props }) => new Response(JSON.stringify(props));
