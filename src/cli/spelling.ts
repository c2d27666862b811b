/** Owns: which words of a course's texts no dictionary knows. Does not own: which texts there are. */
import { spellCheckDocument } from "cspell-lib";
import type { Place } from "#abi";
import type { SpelledText, UnknownWord } from "./command.ts";

/** Code that is shown is not spelled: fences, code in a line, programs in attributes. */
const CODE = ["/```[\\s\\S]*?```/g", "/`[^`\\n]+`/g", "/\\b(import|export) .*/g"];

/** Words that the dictionaries of American English and of programming do not know. `words` are the course's own. */
export async function findUnknownWords(
  texts: readonly SpelledText[],
  words: readonly string[],
): Promise<UnknownWord[]> {
  const found: UnknownWord[] = [];
  for (const { file, text } of texts) {
    const isProse = /\.mdx?$/.test(file);
    const languageId = isProse ? "markdown" : file.endsWith(".json") ? "json" : "typescript";
    const { issues, errors } = await spellCheckDocument(
      { uri: `file:///${file}`, text, languageId, locale: "en-US" },
      { generateSuggestions: false, noConfigSearch: true },
      {
        language: "en-US",
        languageId,
        words: [...words],
        dictionaries: ["typescript", "software-terms", "rust"],
        ...(isProse ? { ignoreRegExpList: CODE } : {}),
      },
    );
    if (errors !== undefined && errors.length > 0) throw errors[0];
    for (const issue of issues) found.push({ word: issue.text, place: placeAt(file, text, issue.offset) });
  }
  return found;
}

function placeAt(file: string, text: string, offset: number): Place {
  const before = text.slice(0, offset).split("\n");
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
