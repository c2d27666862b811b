import { lessonSchema, partSchema, type LessonInfo, type PartInfo } from "./lesson-schema.ts";
import { parseData, parseJson, type Loaded } from "./problem.ts";
import type { TextFiles } from "./text-files.ts";

/** Checks a lesson's front matter, already read as data by whoever renders it. */
export function parseFrontMatter(file: string, data: unknown): Loaded<LessonInfo> {
  return parseData(file, data, lessonSchema);
}

/** Reads `content/<folder>/part.json`. */
export async function loadPart(files: TextFiles, folder: string): Promise<Loaded<PartInfo>> {
  const file = `content/${folder}/part.json`;
  const text = await files.readText(file);
  if (text !== null) return parseJson(file, text, partSchema);
  const remedy = 'Add it: { "title": …, "summary": … }.';
  return { ok: false, problems: [{ file, field: "", message: "This file is missing.", remedy }] };
}
